/* Made of the OpenAPI document of this version by npm run docs: change the routes, and not this. */

/** Documents by the names that they have in the OpenAPI document. */
export interface Schemas {
  readonly AcceptedJob: {
    readonly id: number;
    readonly job_type: Schemas['JobTypeBase'];
    readonly job_type_rev: {
      readonly id: number;
      readonly job_type: Schemas['JobTypeBase'];
      readonly revision_num: number;
      readonly docker_image: string;
      readonly created: string;
      readonly manifest: Readonly<Record<string, unknown>>;
    };
    /** There is none yet. */
    readonly event: null;
    /** There is none yet. */
    readonly ingest_event: null;
    readonly recipe: Schemas['RecipeBase'] | null;
    /** Which node of its recipe it is of. */
    readonly recipe_node: string | null;
    readonly root_recipe: {
      readonly id: number;
    } | null;
    readonly batch: {
      readonly id: number;
    } | null;
    readonly is_superseded: boolean;
    readonly superseded_job: {
      readonly id: number;
    } | null;
    readonly status: 'PENDING' | 'BLOCKED' | 'QUEUED' | 'RUNNING' | 'FAILED' | 'COMPLETED' | 'CANCELED';
    readonly node: {
      readonly id: number;
      readonly name: string;
      readonly hostname: string;
    } | null;
    readonly error: Schemas['Error'] | null;
    readonly num_exes: number;
    readonly max_tries: number;
    /** Lower first. */
    readonly priority: number;
    /** Seconds. */
    readonly timeout: number;
    readonly resources: {
      readonly resources: Readonly<Record<string, number>>;
    };
    /** MiB of all input files. */
    readonly input_file_size: number;
    readonly input_files: Readonly<Record<string, readonly string[]>> | null;
    readonly source_started: string | null;
    readonly source_ended: string | null;
    readonly source_sensor_class: string | null;
    readonly source_sensor: string | null;
    readonly source_collection: string | null;
    readonly source_task: string | null;
    readonly created: string;
    readonly queued: string | null;
    readonly started: string | null;
    readonly ended: string | null;
    readonly last_status_change: string;
    readonly superseded: string | null;
    readonly last_modified: string;
    readonly superseded_by_job: {
      readonly id: number;
    } | null;
    readonly execution: Schemas['ExecutionDetails'] | null;
    readonly input: Readonly<Record<string, unknown>>;
    readonly output: Readonly<Record<string, unknown>> | null;
    /** The values of secrets are masked. */
    readonly configuration: Readonly<Record<string, unknown>>;
    /** When it is tried again. */
    readonly not_before: string | null;
    /** As its submission said; null: as its job type says. */
    readonly reuse: boolean | null;
    /** Whose output it has in place of its own. */
    readonly reused_from: {
      readonly job: {
        readonly id: number;
      } | null;
      readonly job_exe: {
        readonly id: number;
      };
    } | null;
    /** What is being done for another job, and is to be reused. */
    readonly awaits: {
      readonly job: {
        readonly id: number;
      } | null;
      readonly job_exe: {
        readonly id: number;
      };
    } | null;
    /** Empty for a job that does not wait. */
    readonly waiting_for: readonly Schemas['WaitReason'][];
    readonly warnings: readonly Schemas['Finding'][];
  };
  readonly AcceptedRecipe: {
    readonly id: number;
    readonly recipe_type: Schemas['RecipeTypeBase'];
    readonly recipe_type_rev: {
      readonly id: number;
      readonly recipe_type: Schemas['RecipeTypeBase'];
      readonly revision_num: number;
      readonly definition: Readonly<Record<string, unknown>>;
      readonly created: string;
    };
    /** There is none yet. */
    readonly event: null;
    /** There is none yet. */
    readonly ingest_event: null;
    readonly recipe: Schemas['RecipeBase'] | null;
    readonly batch: {
      readonly id: number;
    } | null;
    readonly is_superseded: boolean;
    readonly superseded_recipe: Schemas['RecipeBase'] | null;
    /** MiB of all input files. */
    readonly input_file_size: number | null;
    readonly source_started: string | null;
    readonly source_ended: string | null;
    readonly source_sensor_class: string | null;
    readonly source_sensor: string | null;
    readonly source_collection: string | null;
    readonly source_task: string | null;
    readonly jobs_total: number;
    readonly jobs_pending: number;
    readonly jobs_blocked: number;
    readonly jobs_queued: number;
    readonly jobs_running: number;
    readonly jobs_failed: number;
    readonly jobs_completed: number;
    readonly jobs_canceled: number;
    readonly sub_recipes_total: number;
    readonly sub_recipes_completed: number;
    readonly is_completed: boolean;
    readonly created: string;
    readonly completed: string | null;
    readonly superseded: string | null;
    readonly last_modified: string;
    readonly superseded_by_recipe: Schemas['RecipeBase'] | null;
    readonly input: Readonly<Record<string, unknown>>;
    readonly output: Readonly<Record<string, unknown>> | null;
    /** Its nodes by name; without sub-recipes that have not been started. */
    readonly details: {
      readonly nodes: Readonly<
        Record<
          string,
          {
            readonly dependencies: readonly {
              readonly name: string;
              readonly acceptance: boolean;
            }[];
            readonly node_type:
              | {
                  readonly node_type: 'job';
                  readonly job_type_name: string;
                  readonly job_type_version: string;
                  readonly job_type_revision: number;
                  readonly job_id: number | null;
                  readonly status:
                    | 'PENDING'
                    | 'BLOCKED'
                    | 'QUEUED'
                    | 'RUNNING'
                    | 'FAILED'
                    | 'CANCELED'
                    | 'COMPLETED'
                    | 'SKIPPED';
                  /** Of a node with forEach: how many of its runs stand where. */
                  readonly items?: {
                    readonly total: number | null;
                    readonly states: Readonly<Record<string, number>>;
                    readonly concurrency: number | null;
                  };
                }
              | {
                  readonly node_type: 'recipe';
                  readonly recipe_type_name: string;
                  readonly recipe_type_revision: number;
                  readonly recipe_id: number | null;
                  readonly is_completed: boolean;
                  readonly jobs_total: number;
                  readonly jobs_pending: number;
                  readonly jobs_blocked: number;
                  readonly jobs_queued: number;
                  readonly jobs_running: number;
                  readonly jobs_failed: number;
                  readonly jobs_completed: number;
                  readonly jobs_canceled: number;
                  readonly sub_recipes_total: number;
                  readonly sub_recipes_completed: number;
                  /** Of a node with forEach: how many of its runs stand where. */
                  readonly items?: {
                    readonly total: number | null;
                    readonly states: Readonly<Record<string, number>>;
                    readonly concurrency: number | null;
                  };
                }
              | {
                  readonly node_type: 'condition';
                  readonly condition_id: number;
                  readonly is_processed: boolean;
                  readonly is_accepted: boolean;
                  /** Of a node with forEach: how many of its runs stand where. */
                  readonly items?: {
                    readonly total: number | null;
                    readonly states: Readonly<Record<string, number>>;
                    readonly concurrency: number | null;
                  };
                };
          }
        >
      >;
    };
    readonly job_types: readonly Schemas['JobTypeBase'][];
    readonly sub_recipe_types: readonly Schemas['RecipeTypeBase'][];
    readonly warnings: readonly Schemas['Finding'][];
  };
  readonly AcceptedTask: {
    readonly id: number;
    readonly unique_id: string | null;
    readonly batch: {
      readonly id: number;
      readonly name: string | null;
    } | null;
    readonly state: 'STAGED' | 'CREATED' | 'REFUSED' | 'CANCELED';
    readonly job: {
      readonly id: number;
    } | null;
    readonly recipe: {
      readonly id: number;
    } | null;
    readonly input: {
      readonly files: Readonly<Record<string, readonly number[]>>;
      readonly json: Readonly<Record<string, unknown>>;
    };
    /** Why nothing could be made of it. */
    readonly error: {
      readonly errors: readonly Schemas['Finding'][];
    } | null;
    readonly created: string;
    readonly warnings: readonly Schemas['Finding'][];
  };
  readonly Action: {
    readonly id: number;
  };
  readonly AddedMembers:
    | readonly Schemas['DatasetMember'][]
    | {
        readonly dataset: {
          readonly id: number;
        };
        readonly count: number;
      };
  readonly AuditEntry: {
    readonly id: number;
    readonly at: string;
    readonly actor: string;
    readonly role: 'viewer' | 'operator' | 'admin' | null;
    readonly user_id: number | null;
    readonly token_id: number | null;
    /** Method and route. */
    readonly action: string;
    readonly entity: string;
    readonly entity_id: string | null;
    readonly request_id: string;
    readonly address: string;
    readonly outcome: number;
    readonly data: Readonly<Record<string, unknown>>;
  };
  readonly Batch: {
    readonly id: number;
    readonly title: string | null;
    readonly description: string | null;
    readonly created: string;
    /** By which tasks and commands name it. */
    readonly name: string | null;
    /** STAGING: it takes tasks, and none is begun; CREATING: its recipes or jobs are being made; CREATED: all are made; CANCELED: no more will be. */
    readonly state: 'STAGING' | 'CREATING' | 'CREATED' | 'CANCELED';
    readonly recipe_type: Schemas['RecipeTypeBase'] | null;
    readonly job_type: {
      readonly id: number;
      readonly name: string;
      readonly version: string;
    } | null;
    readonly event: {
      readonly type: 'USER';
      readonly rule: null;
      readonly occurred: string;
      readonly description: {
        readonly user: string | null;
      };
    };
    readonly is_superseded: boolean;
    readonly root_batch: Schemas['BatchBase'] | null;
    readonly superseded_batch: Schemas['BatchBase'] | null;
    readonly is_creation_done: boolean;
    readonly jobs_total: number;
    readonly jobs_pending: number;
    readonly jobs_blocked: number;
    readonly jobs_queued: number;
    readonly jobs_running: number;
    readonly jobs_failed: number;
    readonly jobs_completed: number;
    readonly jobs_canceled: number;
    readonly recipes_total: number;
    readonly recipes_completed: number;
    /** Recipes at the top that will be made. */
    readonly recipes_estimated: number;
    /** Recipes at the top, or jobs, that will be made. */
    readonly runs_estimated: number;
    /** Those that have been made. */
    readonly runs_created: number;
    /** Those that could not be made, see `problem`. */
    readonly runs_refused: number;
    /** Why the first one was refused. */
    readonly problem: string | null;
    readonly finalized: string | null;
    readonly creation_ended: string | null;
    readonly superseded: string | null;
    readonly last_modified: string;
    readonly definition: Readonly<Record<string, unknown>>;
    readonly configuration: Readonly<Record<string, unknown>>;
    readonly recipe_type_rev: {
      readonly id: number;
      readonly recipe_type: {
        readonly id: number;
      };
      readonly revision_num: number;
    } | null;
  };
  readonly BatchBase: {
    readonly id: number;
    readonly title: string | null;
    readonly description: string | null;
    readonly created: string;
  };
  readonly BatchComparison: {
    /** The first one first. */
    readonly batches: readonly Schemas['BatchBase'][];
    /** Each an array, with one value for each of `batches`. */
    readonly metrics: {
      readonly jobs_total: readonly number[];
      readonly jobs_pending: readonly number[];
      readonly jobs_blocked: readonly number[];
      readonly jobs_queued: readonly number[];
      readonly jobs_running: readonly number[];
      readonly jobs_failed: readonly number[];
      readonly jobs_completed: readonly number[];
      readonly jobs_canceled: readonly number[];
      readonly recipes_total: readonly number[];
      readonly recipes_completed: readonly number[];
      readonly recipes_estimated: readonly number[];
      readonly job_metrics: Readonly<
        Record<
          string,
          {
            readonly jobs_total: readonly number[];
            readonly jobs_pending: readonly number[];
            readonly jobs_blocked: readonly number[];
            readonly jobs_queued: readonly number[];
            readonly jobs_running: readonly number[];
            readonly jobs_failed: readonly number[];
            readonly jobs_completed: readonly number[];
            readonly jobs_canceled: readonly number[];
            readonly min_seed_duration?: readonly (string | null)[];
            readonly min_job_duration?: readonly (string | null)[];
            readonly avg_seed_duration?: readonly (string | null)[];
            readonly avg_job_duration?: readonly (string | null)[];
            readonly max_seed_duration?: readonly (string | null)[];
            readonly max_job_duration?: readonly (string | null)[];
          }
        >
      >;
    };
  };
  readonly BatchDetails: {
    readonly id: number;
    readonly title: string | null;
    readonly description: string | null;
    readonly created: string;
    /** By which tasks and commands name it. */
    readonly name: string | null;
    /** STAGING: it takes tasks, and none is begun; CREATING: its recipes or jobs are being made; CREATED: all are made; CANCELED: no more will be. */
    readonly state: 'STAGING' | 'CREATING' | 'CREATED' | 'CANCELED';
    readonly recipe_type: Schemas['RecipeTypeBase'] | null;
    readonly job_type: {
      readonly id: number;
      readonly name: string;
      readonly version: string;
    } | null;
    readonly event: {
      readonly type: 'USER';
      readonly rule: null;
      readonly occurred: string;
      readonly description: {
        readonly user: string | null;
      };
    };
    readonly is_superseded: boolean;
    readonly root_batch: Schemas['BatchBase'] | null;
    readonly superseded_batch: Schemas['BatchBase'] | null;
    readonly is_creation_done: boolean;
    readonly jobs_total: number;
    readonly jobs_pending: number;
    readonly jobs_blocked: number;
    readonly jobs_queued: number;
    readonly jobs_running: number;
    readonly jobs_failed: number;
    readonly jobs_completed: number;
    readonly jobs_canceled: number;
    readonly recipes_total: number;
    readonly recipes_completed: number;
    /** Recipes at the top that will be made. */
    readonly recipes_estimated: number;
    /** Recipes at the top, or jobs, that will be made. */
    readonly runs_estimated: number;
    /** Those that have been made. */
    readonly runs_created: number;
    /** Those that could not be made, see `problem`. */
    readonly runs_refused: number;
    /** Why the first one was refused. */
    readonly problem: string | null;
    readonly finalized: string | null;
    readonly creation_ended: string | null;
    readonly superseded: string | null;
    readonly last_modified: string;
    readonly definition: Readonly<Record<string, unknown>>;
    readonly configuration: Readonly<Record<string, unknown>>;
    readonly recipe_type_rev: {
      readonly id: number;
      readonly recipe_type: Schemas['RecipeTypeBase'];
      readonly revision_num: number;
      readonly definition: Readonly<Record<string, unknown>>;
      readonly created: string;
    } | null;
    /** By node at the top of the recipe, or by job type: where its jobs stand, and what completed ones took in the container (seed) and altogether (job). */
    readonly job_metrics: Readonly<
      Record<
        string,
        {
          readonly jobs_total: number;
          readonly jobs_pending: number;
          readonly jobs_blocked: number;
          readonly jobs_queued: number;
          readonly jobs_running: number;
          readonly jobs_failed: number;
          readonly jobs_completed: number;
          readonly jobs_canceled: number;
          /** ISO 8601. */
          readonly min_seed_duration: string | null;
          /** ISO 8601. */
          readonly min_job_duration: string | null;
          /** ISO 8601. */
          readonly avg_seed_duration: string | null;
          /** ISO 8601. */
          readonly avg_job_duration: string | null;
          /** ISO 8601. */
          readonly max_seed_duration: string | null;
          /** ISO 8601. */
          readonly max_job_duration: string | null;
        }
      >
    >;
    /** The first ones: `position` is the id of the member, of the task, or of the recipe or job that was to be re-processed. */
    readonly refusals: readonly {
      readonly position: number;
      readonly errors: readonly Schemas['Finding'][];
    }[];
    readonly tasks: {
      readonly staged: number;
      readonly created: number;
      readonly refused: number;
      readonly canceled: number;
    };
  };
  readonly BatchJudgement: {
    readonly is_valid: boolean;
    readonly errors: readonly Schemas['Finding'][];
    readonly warnings: readonly Schemas['Finding'][];
    readonly recipes_estimated: number;
    readonly recipe_type?: Schemas['RecipeTypeBase'];
    readonly prev_batch?: {
      /** null: it is one of jobs. */
      readonly recipe_type_rev: {
        readonly id: number;
        readonly recipe_type: {
          readonly id: number;
        };
        readonly revision_num: number;
      } | null;
      readonly diff: Schemas['RecipeTypeDiff'] | null;
    };
  };
  /** What changes a batch; members that are left out stay as they are. */
  readonly BatchPatchBody: {
    /** For people. */
    readonly title?: string | null | undefined;
    /** For people. */
    readonly description?: string | null | undefined;
    /** How all of it is run. */
    readonly configuration?:
      | {
          /** Of the document, as Scale writes it; not read. */
          readonly version?: string | undefined;
          /** Of all its jobs, over what nodes and job types say; lower ones come first. */
          readonly priority?: number | undefined;
          /** Whether its jobs take what an earlier execution of the same identity made; default: as each says. */
          readonly reuse?: boolean | undefined;
          /** Which parameter of the dataset an input is given; default: the one of its name. */
          readonly inputMap?:
            | readonly {
                readonly input: string;
                readonly datasetParameter: string;
              }[]
            | undefined;
        }
      | undefined;
  };
  /** What is to be run many times. */
  readonly BatchPostBody: {
    /** By which tasks and commands name it; no two batches have the same. */
    readonly name?: string | null | undefined;
    /** For people. */
    readonly title?: string | null | undefined;
    /** For people. */
    readonly description?: string | null | undefined;
    /** What is run; its newest revision. */
    readonly recipe_type_id?: number | undefined;
    /** Of a batch of tasks: which revision of the recipe type, in place of the newest. */
    readonly revision_num?: number | undefined;
    /** What is run, instead: single jobs. */
    readonly job_type_id?: number | undefined;
    /** Of what the recipes or jobs are made: one of dataset, previous_batch and tasks. */
    readonly definition: {
      /** Of the document, as Scale writes it; not read. */
      readonly version?: string | undefined;
      /** A dataset, of each of whose members one is made. */
      readonly dataset?: number | undefined;
      /** Re-processes the recipes, or runs the jobs again, of the last batch that has this one as its first. */
      readonly previous_batch?:
        | {
            /** The first batch of the chain. */
            readonly root_batch_id: number;
            /** Nodes of recipes that run again although nothing has changed. */
            readonly forced_nodes?: Schemas['BatchPostBody.forced_nodes'] | undefined;
          }
        | undefined;
      /** true: it takes tasks until it is finalized; none of them is begun before. */
      readonly tasks?: boolean | undefined;
      /** With what the commands begin the unique ids that they generate for its tasks; kept for them. */
      readonly project?: string | undefined;
      /** Whether recipes and jobs supersede those that they are made of; default true. false: they are new ones. */
      readonly supersedes?: boolean | undefined;
      /** As in previous_batch, which comes first. */
      readonly forced_nodes?: Schemas['BatchPostBody.forced_nodes'] | undefined;
    };
    /** How all of it is run. */
    readonly configuration?:
      | {
          /** Of the document, as Scale writes it; not read. */
          readonly version?: string | undefined;
          /** Of all its jobs, over what nodes and job types say; lower ones come first. */
          readonly priority?: number | undefined;
          /** Whether its jobs take what an earlier execution of the same identity made; default: as each says. */
          readonly reuse?: boolean | undefined;
          /** Which parameter of the dataset an input is given; default: the one of its name. */
          readonly inputMap?:
            | readonly {
                readonly input: string;
                readonly datasetParameter: string;
              }[]
            | undefined;
        }
      | undefined;
  };
  /** Nodes that run again although nothing about them has changed. */
  readonly 'BatchPostBody.forced_nodes': {
    /** Whether all nodes do, those of sub-recipes included. */
    readonly all: boolean;
    /** Names of nodes that do. */
    readonly nodes?: readonly string[] | undefined;
    /** The same for the sub-recipes, by the names of their nodes. */
    readonly sub_recipes?: Readonly<Record<string, Schemas['BatchPostBody.forced_nodes']>> | undefined;
  };
  /** What is to be run many times. */
  readonly BatchValidationPostBody: {
    /** By which tasks and commands name it; no two batches have the same. */
    readonly name?: string | null | undefined;
    /** For people. */
    readonly title?: string | null | undefined;
    /** For people. */
    readonly description?: string | null | undefined;
    /** What is run; its newest revision. */
    readonly recipe_type_id?: number | undefined;
    /** Of a batch of tasks: which revision of the recipe type, in place of the newest. */
    readonly revision_num?: number | undefined;
    /** What is run, instead: single jobs. */
    readonly job_type_id?: number | undefined;
    /** Of what the recipes or jobs are made: one of dataset, previous_batch and tasks. */
    readonly definition: {
      /** Of the document, as Scale writes it; not read. */
      readonly version?: string | undefined;
      /** A dataset, of each of whose members one is made. */
      readonly dataset?: number | undefined;
      /** Re-processes the recipes, or runs the jobs again, of the last batch that has this one as its first. */
      readonly previous_batch?:
        | {
            /** The first batch of the chain. */
            readonly root_batch_id: number;
            /** Nodes of recipes that run again although nothing has changed. */
            readonly forced_nodes?: Schemas['BatchValidationPostBody.forced_nodes'] | undefined;
          }
        | undefined;
      /** true: it takes tasks until it is finalized; none of them is begun before. */
      readonly tasks?: boolean | undefined;
      /** With what the commands begin the unique ids that they generate for its tasks; kept for them. */
      readonly project?: string | undefined;
      /** Whether recipes and jobs supersede those that they are made of; default true. false: they are new ones. */
      readonly supersedes?: boolean | undefined;
      /** As in previous_batch, which comes first. */
      readonly forced_nodes?: Schemas['BatchValidationPostBody.forced_nodes'] | undefined;
    };
    /** How all of it is run. */
    readonly configuration?:
      | {
          /** Of the document, as Scale writes it; not read. */
          readonly version?: string | undefined;
          /** Of all its jobs, over what nodes and job types say; lower ones come first. */
          readonly priority?: number | undefined;
          /** Whether its jobs take what an earlier execution of the same identity made; default: as each says. */
          readonly reuse?: boolean | undefined;
          /** Which parameter of the dataset an input is given; default: the one of its name. */
          readonly inputMap?:
            | readonly {
                readonly input: string;
                readonly datasetParameter: string;
              }[]
            | undefined;
        }
      | undefined;
  };
  /** Nodes that run again although nothing about them has changed. */
  readonly 'BatchValidationPostBody.forced_nodes': {
    /** Whether all nodes do, those of sub-recipes included. */
    readonly all: boolean;
    /** Names of nodes that do. */
    readonly nodes?: readonly string[] | undefined;
    /** The same for the sub-recipes, by the names of their nodes. */
    readonly sub_recipes?:
      Readonly<Record<string, Schemas['BatchValidationPostBody.forced_nodes']>> | undefined;
  };
  readonly CanceledScan: {
    readonly id: number;
    /** Empty: no job is behind a scan. */
    readonly canceled_jobs: readonly number[];
  };
  readonly Dataset: {
    readonly id: number;
    readonly title: string | null;
    readonly description: string | null;
    readonly created: string;
    readonly last_modified: string;
    readonly definition: {
      readonly parameters: {
        readonly files: readonly Readonly<Record<string, unknown>>[];
        readonly json: readonly Readonly<Record<string, unknown>>[];
      };
      readonly global_parameters: {
        readonly files: readonly Readonly<Record<string, unknown>>[];
        readonly json: readonly Readonly<Record<string, unknown>>[];
      };
      readonly global_data: {
        readonly files: Readonly<Record<string, readonly number[]>>;
        readonly json: Readonly<Record<string, unknown>>;
      };
    };
    /** Of all its members, each once. */
    readonly files: number;
    readonly member_count: number;
  };
  readonly DatasetMember: {
    readonly id: number;
    readonly created: string;
    /** What one run is given. */
    readonly data: {
      readonly version: string;
      readonly files: Readonly<Record<string, readonly number[]>>;
      readonly json: Readonly<Record<string, unknown>>;
    };
    readonly file_ids: readonly number[];
  };
  readonly DatasetMemberDetails: {
    readonly id: number;
    readonly created: string;
    /** What one run is given. */
    readonly data: {
      readonly version: string;
      readonly files: Readonly<Record<string, readonly number[]>>;
      readonly json: Readonly<Record<string, unknown>>;
    };
    readonly file_ids: readonly number[];
    readonly dataset: {
      readonly id: number;
    };
    readonly files: readonly {
      readonly parameter_name: string;
      readonly scale_file: Schemas['File'];
    }[];
  };
  /** Either `data`, or `data_template` with the filters and `order` of `files/` besides. */
  readonly DatasetMembersPostBody: {
    /** The members, one by one. */
    readonly data?: readonly Readonly<Record<string, unknown>>[] | undefined;
    /** Of a member for each file that the filters find: `{"files": {"SCENE": "FILE_VALUE"}, "json": {}}`; `FILE_VALUE` is the file. */
    readonly data_template?: Readonly<Record<string, unknown>> | undefined;
    /** true: nothing is kept. */
    readonly dry_run?: boolean | undefined;
  } & Readonly<Record<string, unknown>>;
  /** A dataset, perhaps with its first members: besides these members the filters of `files/`. */
  readonly DatasetPostBody: {
    /** For people. */
    readonly title?: string | null | undefined;
    /** For people. */
    readonly description?: string | null | undefined;
    /** As `urn:seedbed:dataset-definition` says. */
    readonly definition: Readonly<Record<string, unknown>>;
    /** Its first members. */
    readonly data?:
      Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[] | undefined;
    /** Of a member for each file that the filters find: `{"files": {"SCENE": "FILE_VALUE"}, "json": {}}`; `FILE_VALUE` is the file. */
    readonly data_template?: Readonly<Record<string, unknown>> | undefined;
    /** true: nothing is kept. */
    readonly dry_run?: boolean | undefined;
  } & Readonly<Record<string, unknown>>;
  /** A dataset that is only thought of. */
  readonly DatasetValidationBody: {
    /** For people. */
    readonly title?: string | null | undefined;
    /** For people. */
    readonly description?: string | null | undefined;
    /** As `urn:seedbed:dataset-definition` says. */
    readonly definition: Readonly<Record<string, unknown>>;
  };
  readonly DefinedRecipeType: {
    readonly id: number;
    readonly name: string;
    readonly title: string | null;
    readonly description: string | null;
    readonly revision_num: number;
    readonly is_active: boolean;
    readonly is_system: boolean;
    readonly created: string;
    readonly deprecated: string | null;
    readonly last_modified: string;
    /** With every default filled in, see docs/recipes.md. */
    readonly definition: Readonly<Record<string, unknown>>;
  };
  /** How many jobs of one kind are to be run. */
  readonly DiagnosticPostBody: {
    /** How many jobs are queued. */
    readonly num: number;
  };
  readonly Error: {
    /** The number of its code, 2004 of SB2004; above 10000 for those of manifests. */
    readonly id: number;
    readonly name: string;
    readonly title: string | null;
    readonly description: string | null;
    readonly job_type_name: string | null;
    readonly category: 'SYSTEM' | 'DATA' | 'ALGORITHM';
    /** Seedbed defines it, and no manifest. */
    readonly is_builtin: boolean;
    readonly should_be_retried: boolean;
  };
  readonly ErrorDetails: {
    /** The number of its code, 2004 of SB2004; above 10000 for those of manifests. */
    readonly id: number;
    readonly name: string;
    readonly title: string | null;
    readonly description: string | null;
    readonly job_type_name: string | null;
    readonly category: 'SYSTEM' | 'DATA' | 'ALGORITHM';
    /** Seedbed defines it, and no manifest. */
    readonly is_builtin: boolean;
    readonly should_be_retried: boolean;
    readonly created: string;
    readonly last_modified: string;
  };
  readonly Execution: {
    readonly id: number;
    readonly status: 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELED';
    /** Which of the executions of its job. */
    readonly exe_num: number;
    readonly cluster_id: string;
    readonly created: string;
    readonly queued: string;
    readonly started: string;
    readonly ended: string | null;
    readonly job: {
      readonly id: number;
      readonly job_type: Schemas['JobTypeBase'];
      readonly status: 'PENDING' | 'BLOCKED' | 'QUEUED' | 'RUNNING' | 'FAILED' | 'COMPLETED' | 'CANCELED';
    };
    readonly node: {
      readonly id: number;
      readonly name: string;
      readonly hostname: string;
    } | null;
    readonly error: Schemas['Error'] | null;
    readonly job_type: Schemas['JobTypeBase'];
    /** Seconds. */
    readonly timeout: number;
    /** MiB of all input files. */
    readonly input_file_size: number;
    /** What it was seen to use; null: it was over too soon to be looked at. */
    readonly used: {
      /** MiB, the most at once. */
      readonly mem: number;
      /** Time of one core. */
      readonly cpu_seconds: number;
    } | null;
  };
  readonly ExecutionDetails: {
    readonly id: number;
    readonly status: 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELED';
    /** Which of the executions of its job. */
    readonly exe_num: number;
    readonly cluster_id: string;
    readonly created: string;
    readonly queued: string;
    readonly started: string;
    readonly ended: string | null;
    readonly job: {
      readonly id: number;
      readonly job_type: Schemas['JobTypeBase'];
      readonly status: 'PENDING' | 'BLOCKED' | 'QUEUED' | 'RUNNING' | 'FAILED' | 'COMPLETED' | 'CANCELED';
    };
    readonly node: {
      readonly id: number;
      readonly name: string;
      readonly hostname: string;
    } | null;
    readonly error: Schemas['Error'] | null;
    readonly job_type: Schemas['JobTypeBase'];
    /** Seconds. */
    readonly timeout: number;
    /** MiB of all input files. */
    readonly input_file_size: number;
    /** What it was seen to use; null: it was over too soon to be looked at. */
    readonly used: {
      /** MiB, the most at once. */
      readonly mem: number;
      /** Time of one core. */
      readonly cpu_seconds: number;
    } | null;
    readonly task_results: {
      readonly version: string;
      readonly tasks: readonly {
        readonly task_id: string;
        readonly type: string;
        readonly was_launched: boolean;
        readonly launched: string;
        readonly was_started: boolean;
        readonly started: string;
        readonly was_timed_out: boolean;
        readonly ended?: string;
        readonly status?: string;
        readonly exit_code?: number;
      }[];
    };
    readonly resources: {
      readonly resources: Readonly<Record<string, number>>;
    };
    /** What it ran with; secrets are masked. Of one that has only begun, some members are not known yet and left out. */
    readonly configuration: {
      readonly version: string;
      /** By input, of each the first thousand; as they are catalogued now. */
      readonly input_files: Readonly<
        Record<
          string,
          readonly {
            readonly id: number;
            readonly type: 'SOURCE' | 'PRODUCT';
            readonly workspace_name: string;
            readonly workspace_path: string;
            /** Its name in the container, where that is another one. */
            readonly local_file_name?: string;
            readonly is_deleted: boolean;
          }[]
        >
      >;
      /** By output; those that are known. */
      readonly output_workspaces: Readonly<Record<string, string>>;
      readonly tasks: readonly {
        readonly task_id: string;
        readonly type: string;
        readonly resources: Readonly<Record<string, number>>;
        /** In place of the image's CMD, quoted for a shell; empty: the image's own. */
        readonly args?: string;
        readonly env_vars?: Readonly<Record<string, string>>;
        readonly settings?: Readonly<Record<string, string>>;
        /** Volumes, by mount. */
        readonly mounts?: Readonly<Record<string, string>>;
        readonly volumes?: Readonly<
          Record<
            string,
            {
              readonly container_path: string;
              readonly mode: 'ro' | 'rw';
              readonly type: 'host' | 'volume';
              readonly host_path?: string;
              readonly driver?: string;
            }
          >
        >;
        readonly workspaces: Readonly<
          Record<
            string,
            {
              readonly mode: 'ro' | 'rw';
            }
          >
        >;
        readonly docker_params: readonly {
          readonly flag: string;
          readonly value: string;
        }[];
      }[];
    };
    readonly output: Readonly<Record<string, unknown>> | null;
    readonly exit_code: number | null;
    /** Identity of what it made, 64 hexadecimal digits; null: it has none. */
    readonly output_id: string | null;
    /** What was unwise or unexpected and did not stop it. */
    readonly warnings: readonly {
      readonly name: string;
      readonly description: string;
    }[];
    /** What was done, in its order, and the milliseconds that it took. */
    readonly steps: readonly {
      readonly name: string;
      readonly ms: number;
    }[];
  };
  readonly Explanation: {
    readonly job_id: number;
    readonly status: string;
    readonly state:
      'reused' | 'not-begun' | 'no-identity' | 'reuse-off' | 'files-gone' | 'changed' | 'never-run';
    /** In words. */
    readonly reason: string;
    readonly output_id: string | null;
    /** Whether it may take what an earlier job made. */
    readonly reuse: boolean;
    /** What it is compared with. */
    readonly against: {
      readonly job_id: number;
      readonly job_exe_id: number;
      readonly output_id: string;
    } | null;
    /** From `against` to this job. */
    readonly changes: readonly {
      /** e.g. `settings.MODE`, or `inputs.SCENE.sha256`. */
      readonly member: string;
      readonly kind: 'changed' | 'added' | 'removed';
      /** null: there was none, or it is secret. */
      readonly old: string | null;
      readonly new: string | null;
    }[];
  };
  readonly Failure: {
    readonly detail: string;
    /** Of the error, see docs/errors.md. */
    readonly code: string;
    /** What was found, one by one. */
    readonly errors?: readonly Schemas['Finding'][];
  };
  readonly File: {
    readonly id: number;
    readonly file_name: string;
    readonly workspace: {
      readonly id: number;
      readonly name: string;
    };
    readonly data_type_tags: readonly string[];
    readonly media_type: string;
    readonly file_type: string;
    /** Bytes. */
    readonly file_size: number;
    /** In its workspace. */
    readonly file_path: string;
    readonly is_deleted: boolean;
    readonly url: string | null;
    readonly created: string;
    readonly deleted: string | null;
    readonly data_started: string | null;
    readonly data_ended: string | null;
    readonly source_started: string | null;
    readonly source_ended: string | null;
    readonly source_sensor_class: string | null;
    readonly source_sensor: string | null;
    readonly source_collection: string | null;
    readonly source_task: string | null;
    readonly last_modified: string;
    /** Well-known text. */
    readonly geometry: string | null;
    /** Well-known text. */
    readonly center_point: string | null;
    readonly countries: readonly unknown[];
    readonly job_type: {
      readonly id: number;
      readonly name: string;
      readonly version: string;
    } | null;
    readonly job: {
      readonly id: number;
    } | null;
    readonly job_exe: {
      readonly id: number;
    } | null;
    readonly job_output: string | null;
    readonly recipe_type: {
      readonly id: number;
      readonly name: string | null;
      readonly title: string | null;
    } | null;
    readonly recipe: {
      readonly id: number;
    } | null;
    readonly recipe_node: string | null;
    readonly batch: {
      readonly id: number;
    } | null;
    readonly is_superseded: boolean;
    readonly superseded: string | null;
  };
  readonly FileDetails: {
    readonly id: number;
    readonly file_name: string;
    readonly workspace: {
      readonly id: number;
      readonly name: string;
    };
    readonly data_type_tags: readonly string[];
    readonly media_type: string;
    readonly file_type: string;
    /** Bytes. */
    readonly file_size: number;
    /** In its workspace. */
    readonly file_path: string;
    readonly is_deleted: boolean;
    readonly url: string | null;
    readonly created: string;
    readonly deleted: string | null;
    readonly data_started: string | null;
    readonly data_ended: string | null;
    readonly source_started: string | null;
    readonly source_ended: string | null;
    readonly source_sensor_class: string | null;
    readonly source_sensor: string | null;
    readonly source_collection: string | null;
    readonly source_task: string | null;
    readonly last_modified: string;
    /** Well-known text. */
    readonly geometry: string | null;
    /** Well-known text. */
    readonly center_point: string | null;
    readonly countries: readonly unknown[];
    readonly job_type: {
      readonly id: number;
      readonly name: string;
      readonly version: string;
    } | null;
    readonly job: {
      readonly id: number;
    } | null;
    readonly job_exe: {
      readonly id: number;
    } | null;
    readonly job_output: string | null;
    readonly recipe_type: {
      readonly id: number;
      readonly name: string | null;
      readonly title: string | null;
    } | null;
    readonly recipe: {
      readonly id: number;
    } | null;
    readonly recipe_node: string | null;
    readonly batch: {
      readonly id: number;
    } | null;
    readonly is_superseded: boolean;
    readonly superseded: string | null;
    readonly meta_data: Readonly<Record<string, unknown>>;
  };
  readonly FileHold: {
    readonly file_id: number;
    readonly reason: string;
    readonly created_by: string;
    readonly created: string;
  };
  readonly Finding: {
    /** The kind, e.g. `PARAM_REQUIRED`. */
    readonly name: string;
    /** In words, with the path. */
    readonly description: string;
    /** Where in the document. */
    readonly path?: string;
  };
  readonly Foreseen: {
    readonly recipe_type: {
      readonly name: string;
      readonly revision_num: number;
    };
    /** Nodes that would run. */
    readonly run: number;
    /** Nodes that would be reused. */
    readonly reuse: number;
    readonly nodes: readonly {
      /** Of a node of a sub-recipe after that of the sub-recipe: `part/blur`. */
      readonly name: string;
      readonly node_type: 'job' | 'recipe' | 'condition';
      /** RUN: it runs; REUSE: it takes what an earlier job made; KEEP: its result is carried over; SKIP: a condition decides against it; DECIDE: a condition that is decided; UNKNOWN: what comes before it decides. */
      readonly action: 'RUN' | 'REUSE' | 'KEEP' | 'SKIP' | 'DECIDE' | 'UNKNOWN';
      /** Why, in words. */
      readonly reason: string;
      /** Identity of what it makes, where that can be told. */
      readonly output_id: string | null;
      /** Whose output it would have. */
      readonly reuses_job: {
        readonly id: number;
      } | null;
    }[];
    readonly warnings: readonly Schemas['Finding'][];
  };
  readonly ForeseenBatch: {
    /** Recipes or jobs that it would have. */
    readonly runs_estimated: number;
    /** The first of them, which are told of. */
    readonly looked_at: number;
    /** Of those: that could not be made. */
    readonly refused: number;
    /** Jobs that would run. */
    readonly run: number;
    /** Jobs that would take what an earlier one made. */
    readonly reuse: number;
    /** Jobs that hang on those that would run. */
    readonly depend: number;
    readonly runs: readonly {
      /** Of the member, the task, the recipe or the job that it is made of. */
      readonly position: number;
      /** Jobs that would run. */
      readonly run: number;
      /** Jobs that would take what an earlier one made. */
      readonly reuse: number;
      /** Jobs that hang on those that would run. */
      readonly depend: number;
      /** Why its first job would run, or else be reused; in words. */
      readonly reason: string;
      readonly errors: readonly {
        readonly name: string;
        readonly description: string;
      }[];
    }[];
    /** Of all that is not made yet. */
    readonly whole: {
      /** Recipes or jobs that were decided on. */
      readonly members: number;
      /** Of those: that could not be made. */
      readonly refused: number;
      readonly refusals: readonly {
        /** Names of errors. */
        readonly reason: string;
        readonly count: number;
      }[];
      /** Jobs that would run. */
      readonly run: number;
      /** Jobs that would take what an earlier one made. */
      readonly reuse: number;
      /** Jobs that hang on those that would run. */
      readonly depend: number;
      /** Jobs against which a condition decides. */
      readonly skip: number;
      /** Jobs of which that cannot be told yet. */
      readonly unknown: number;
      readonly nodes: readonly {
        /** Of the node, after that of the sub-recipe that it is in: `part/blur`; of single jobs: of their type. */
        readonly name: string;
        /** Jobs that would run. */
        readonly run: number;
        /** Jobs that would take what an earlier one made. */
        readonly reuse: number;
        /** Jobs that hang on those that would run. */
        readonly depend: number;
        /** Jobs against which a condition decides. */
        readonly skip: number;
        /** Jobs of which that cannot be told yet. */
        readonly unknown: number;
        readonly reasons: readonly {
          /** RUN: it runs; REUSE: it takes what an earlier job made; DEPEND: it runs, since what it is given is made anew; SKIP: a condition decides against it; UNKNOWN: that cannot be told yet. */
          readonly action: 'RUN' | 'REUSE' | 'DEPEND' | 'SKIP' | 'UNKNOWN';
          /** In words; names no single job or file. */
          readonly reason: string;
          readonly count: number;
        }[];
      }[];
    };
  };
  readonly ForeseenReprocess: {
    /** The one that is superseded. */
    readonly recipe: {
      readonly id: number;
    };
    readonly recipe_type: {
      readonly id: number;
      readonly name: string;
    };
    /** Of the recipe that is superseded. */
    readonly previous_revision_num: number;
    /** Of the recipe that supersedes it. */
    readonly revision_num: number;
    readonly nodes: readonly {
      readonly name: string;
      readonly node_type: 'job' | 'recipe' | 'condition';
      /** Whether its results are taken over, it runs again, or the revision does not have it. */
      readonly action: 'CARRIED_OVER' | 'RUN' | 'DELETED';
      /** Compared to the revision before. */
      readonly status: 'NEW' | 'CHANGED' | 'UNCHANGED' | 'DELETED';
      /** Compared to the revision before. */
      readonly changes: readonly Schemas['Finding'][];
      /** Why, in words. */
      readonly reason: string;
      /** The same of the nodes of a sub-recipe that is re-processed node by node. */
      readonly nodes?: readonly Readonly<Record<string, unknown>>[];
    }[];
    readonly foreseen: readonly {
      /** Of a node of a sub-recipe after that of the sub-recipe: `part/blur`. */
      readonly name: string;
      readonly node_type: 'job' | 'recipe' | 'condition';
      /** RUN: it runs; REUSE: it takes what an earlier job made; KEEP: its result is carried over; SKIP: a condition decides against it; DECIDE: a condition that is decided; UNKNOWN: what comes before it decides. */
      readonly action: 'RUN' | 'REUSE' | 'KEEP' | 'SKIP' | 'DECIDE' | 'UNKNOWN';
      /** Why, in words. */
      readonly reason: string;
      /** Identity of what it makes, where that can be told. */
      readonly output_id: string | null;
      /** Whose output it would have. */
      readonly reuses_job: {
        readonly id: number;
      } | null;
    }[];
  };
  /** That a file is not to be removed. */
  readonly HoldPutBody: {
    /** Why, for people. */
    readonly reason: string;
  };
  readonly Ingest: {
    readonly id: number;
    readonly file_name: string;
    readonly strike: {
      readonly id: number;
      readonly name: string;
      readonly title: string | null;
      readonly description: string | null;
      /** No job is behind it: the service itself does the work. */
      readonly job: null;
    } | null;
    readonly scan: {
      readonly id: number;
      readonly name: string;
      readonly title: string | null;
      readonly description: string | null;
      /** No job is behind it: the service itself does the work. */
      readonly job: null;
      /** No job is behind it: the service itself does the work. */
      readonly dry_run_job: null;
    } | null;
    readonly status:
      | 'TRANSFERRING'
      | 'TRANSFERRED'
      | 'DEFERRED'
      | 'QUEUED'
      | 'INGESTING'
      | 'INGESTED'
      | 'ERRORED'
      | 'DUPLICATE';
    /** Why it stands there. */
    readonly reason: string | null;
    readonly tries: number;
    /** Bytes. */
    readonly bytes_transferred: number | null;
    readonly transfer_started: string | null;
    readonly transfer_ended: string | null;
    readonly media_type: string;
    /** Bytes. */
    readonly file_size: number | null;
    readonly data_type_tags: readonly string[];
    readonly sha256: string | null;
    /** Where it was found, in `workspace`. */
    readonly file_path: string;
    readonly workspace: {
      readonly id: number;
      readonly name: string;
      readonly title: string | null;
      readonly description: string | null;
      readonly base_url: string | null;
      readonly is_active: boolean;
      readonly created: string;
      readonly last_modified: string;
    };
    /** Where it is put, in `new_workspace` or `workspace`. */
    readonly new_file_path: string | null;
    readonly new_workspace: {
      readonly id: number;
      readonly name: string;
      readonly title: string | null;
      readonly description: string | null;
      readonly base_url: string | null;
      readonly is_active: boolean;
      readonly created: string;
      readonly last_modified: string;
    } | null;
    /** No job is behind it: the service itself does the work. */
    readonly job: null;
    readonly ingest_started: string | null;
    readonly ingest_ended: string | null;
    readonly source_file: Schemas['File'] | null;
    /** The recipe that it started. */
    readonly recipe: {
      readonly id: number;
    } | null;
    readonly data_started: string | null;
    readonly data_ended: string | null;
    readonly created: string;
    readonly last_modified: string;
  };
  readonly IngestDetails: {
    readonly id: number;
    readonly file_name: string;
    readonly strike: Schemas['StrikeDetails'] | null;
    readonly scan: Schemas['ScanDetails'] | null;
    readonly status:
      | 'TRANSFERRING'
      | 'TRANSFERRED'
      | 'DEFERRED'
      | 'QUEUED'
      | 'INGESTING'
      | 'INGESTED'
      | 'ERRORED'
      | 'DUPLICATE';
    /** Why it stands there. */
    readonly reason: string | null;
    readonly tries: number;
    /** Bytes. */
    readonly bytes_transferred: number | null;
    readonly transfer_started: string | null;
    readonly transfer_ended: string | null;
    readonly media_type: string;
    /** Bytes. */
    readonly file_size: number | null;
    readonly data_type_tags: readonly string[];
    readonly sha256: string | null;
    /** Where it was found, in `workspace`. */
    readonly file_path: string;
    readonly workspace: {
      readonly id: number;
      readonly name: string;
      readonly title: string | null;
      readonly description: string | null;
      readonly base_url: string | null;
      readonly is_active: boolean;
      readonly created: string;
      readonly last_modified: string;
    };
    /** Where it is put, in `new_workspace` or `workspace`. */
    readonly new_file_path: string | null;
    readonly new_workspace: {
      readonly id: number;
      readonly name: string;
      readonly title: string | null;
      readonly description: string | null;
      readonly base_url: string | null;
      readonly is_active: boolean;
      readonly created: string;
      readonly last_modified: string;
    } | null;
    /** No job is behind it: the service itself does the work. */
    readonly job: null;
    readonly ingest_started: string | null;
    readonly ingest_ended: string | null;
    readonly source_file: Schemas['FileDetails'] | null;
    /** The recipe that it started. */
    readonly recipe: {
      readonly id: number;
    } | null;
    readonly data_started: string | null;
    readonly data_ended: string | null;
    readonly created: string;
    readonly last_modified: string;
  };
  readonly IngestStatus: {
    readonly strike: Schemas['Strike'];
    readonly most_recent: string | null;
    readonly files: number;
    /** Bytes. */
    readonly size: number;
    /** Every hour of the range, those without files too. */
    readonly values: readonly {
      readonly time: string;
      readonly files: number;
      /** Bytes. */
      readonly size: number;
    }[];
  };
  readonly Job: {
    readonly id: number;
    readonly job_type: Schemas['JobTypeBase'];
    readonly job_type_rev: {
      readonly id: number;
      readonly job_type: {
        readonly id: number;
      };
      readonly revision_num: number;
    };
    /** There is none yet. */
    readonly event: null;
    /** There is none yet. */
    readonly ingest_event: null;
    readonly recipe: Schemas['RecipeBase'] | null;
    /** Which node of its recipe it is of. */
    readonly recipe_node: string | null;
    readonly root_recipe: {
      readonly id: number;
    } | null;
    readonly batch: {
      readonly id: number;
    } | null;
    readonly is_superseded: boolean;
    readonly superseded_job: {
      readonly id: number;
    } | null;
    readonly status: 'PENDING' | 'BLOCKED' | 'QUEUED' | 'RUNNING' | 'FAILED' | 'COMPLETED' | 'CANCELED';
    readonly node: {
      readonly id: number;
      readonly name: string;
      readonly hostname: string;
    } | null;
    readonly error: Schemas['Error'] | null;
    readonly num_exes: number;
    readonly max_tries: number;
    /** Lower first. */
    readonly priority: number;
    /** Seconds. */
    readonly timeout: number;
    readonly resources: {
      readonly resources: Readonly<Record<string, number>>;
    };
    /** MiB of all input files. */
    readonly input_file_size: number;
    readonly input_files: Readonly<Record<string, readonly string[]>> | null;
    readonly source_started: string | null;
    readonly source_ended: string | null;
    readonly source_sensor_class: string | null;
    readonly source_sensor: string | null;
    readonly source_collection: string | null;
    readonly source_task: string | null;
    readonly created: string;
    readonly queued: string | null;
    readonly started: string | null;
    readonly ended: string | null;
    readonly last_status_change: string;
    readonly superseded: string | null;
    readonly last_modified: string;
  };
  /** Which jobs are to be canceled; every member given must hold, and at least one must be given. */
  readonly JobCancelBody: {
    /** Last change of status not before then. */
    readonly started?: string | undefined;
    /** Last change of status not after then. */
    readonly ended?: string | undefined;
    /** One status, or several. */
    readonly status?: string | readonly unknown[] | undefined;
    /** Ids of jobs. */
    readonly job_ids?: readonly number[] | undefined;
    /** Ids of job types. */
    readonly job_type_ids?: readonly number[] | undefined;
    /** Job types by name and version. */
    readonly job_types?:
      | readonly {
          readonly name: string;
          readonly version: string;
        }[]
      | undefined;
    /** Names of job types, all versions. */
    readonly job_type_names?: readonly string[] | undefined;
    /** Ids of batches. */
    readonly batch_ids?: readonly number[] | undefined;
    /** Ids of recipes. */
    readonly recipe_ids?: readonly number[] | undefined;
    /** Categories of their errors. */
    readonly error_categories?: readonly ('SYSTEM' | 'DATA' | 'ALGORITHM')[] | undefined;
    /** Ids of errors, see `errors/`; 2004 is SB2004. */
    readonly error_ids?: readonly number[] | undefined;
    /** Errors by name, those of manifests too. */
    readonly error_names?: readonly string[] | undefined;
    /** Only false: superseded jobs are not changed. */
    readonly is_superseded?: boolean | undefined;
  };
  readonly JobDetails: {
    readonly id: number;
    readonly job_type: Schemas['JobTypeBase'];
    readonly job_type_rev: {
      readonly id: number;
      readonly job_type: Schemas['JobTypeBase'];
      readonly revision_num: number;
      readonly docker_image: string;
      readonly created: string;
      readonly manifest: Readonly<Record<string, unknown>>;
    };
    /** There is none yet. */
    readonly event: null;
    /** There is none yet. */
    readonly ingest_event: null;
    readonly recipe: Schemas['RecipeBase'] | null;
    /** Which node of its recipe it is of. */
    readonly recipe_node: string | null;
    readonly root_recipe: {
      readonly id: number;
    } | null;
    readonly batch: {
      readonly id: number;
    } | null;
    readonly is_superseded: boolean;
    readonly superseded_job: {
      readonly id: number;
    } | null;
    readonly status: 'PENDING' | 'BLOCKED' | 'QUEUED' | 'RUNNING' | 'FAILED' | 'COMPLETED' | 'CANCELED';
    readonly node: {
      readonly id: number;
      readonly name: string;
      readonly hostname: string;
    } | null;
    readonly error: Schemas['Error'] | null;
    readonly num_exes: number;
    readonly max_tries: number;
    /** Lower first. */
    readonly priority: number;
    /** Seconds. */
    readonly timeout: number;
    readonly resources: {
      readonly resources: Readonly<Record<string, number>>;
    };
    /** MiB of all input files. */
    readonly input_file_size: number;
    readonly input_files: Readonly<Record<string, readonly string[]>> | null;
    readonly source_started: string | null;
    readonly source_ended: string | null;
    readonly source_sensor_class: string | null;
    readonly source_sensor: string | null;
    readonly source_collection: string | null;
    readonly source_task: string | null;
    readonly created: string;
    readonly queued: string | null;
    readonly started: string | null;
    readonly ended: string | null;
    readonly last_status_change: string;
    readonly superseded: string | null;
    readonly last_modified: string;
    readonly superseded_by_job: {
      readonly id: number;
    } | null;
    readonly execution: Schemas['ExecutionDetails'] | null;
    readonly input: Readonly<Record<string, unknown>>;
    readonly output: Readonly<Record<string, unknown>> | null;
    /** The values of secrets are masked. */
    readonly configuration: Readonly<Record<string, unknown>>;
    /** When it is tried again. */
    readonly not_before: string | null;
    /** As its submission said; null: as its job type says. */
    readonly reuse: boolean | null;
    /** Whose output it has in place of its own. */
    readonly reused_from: {
      readonly job: {
        readonly id: number;
      } | null;
      readonly job_exe: {
        readonly id: number;
      };
    } | null;
    /** What is being done for another job, and is to be reused. */
    readonly awaits: {
      readonly job: {
        readonly id: number;
      } | null;
      readonly job_exe: {
        readonly id: number;
      };
    } | null;
    /** Empty for a job that does not wait. */
    readonly waiting_for: readonly Schemas['WaitReason'][];
  };
  /** What is to be run, and on what. */
  readonly JobPostBody: {
    /** The job type by its id. */
    readonly job_type_id?: number | undefined;
    /** The job type by name and version, instead. */
    readonly job_type?:
      | {
          readonly name: string;
          readonly version: string;
        }
      | undefined;
    /** Files and values by input, see docs/job-types.md. */
    readonly input: Readonly<Record<string, unknown>>;
    /** Whether what an earlier execution made may be taken; the same as in the configuration. */
    readonly reuse?: boolean | undefined;
    /** Of this job, over that of its type. */
    readonly configuration?: Readonly<Record<string, unknown>> | undefined;
  };
  /** Which jobs are to be queued again; every member given must hold, and at least one must be given. */
  readonly JobRequeueBody: {
    /** Last change of status not before then. */
    readonly started?: string | undefined;
    /** Last change of status not after then. */
    readonly ended?: string | undefined;
    /** One status, or several. */
    readonly status?: string | readonly unknown[] | undefined;
    /** Ids of jobs. */
    readonly job_ids?: readonly number[] | undefined;
    /** Ids of job types. */
    readonly job_type_ids?: readonly number[] | undefined;
    /** Job types by name and version. */
    readonly job_types?:
      | readonly {
          readonly name: string;
          readonly version: string;
        }[]
      | undefined;
    /** Names of job types, all versions. */
    readonly job_type_names?: readonly string[] | undefined;
    /** Ids of batches. */
    readonly batch_ids?: readonly number[] | undefined;
    /** Ids of recipes. */
    readonly recipe_ids?: readonly number[] | undefined;
    /** Categories of their errors. */
    readonly error_categories?: readonly ('SYSTEM' | 'DATA' | 'ALGORITHM')[] | undefined;
    /** Ids of errors, see `errors/`; 2004 is SB2004. */
    readonly error_ids?: readonly number[] | undefined;
    /** Errors by name, those of manifests too. */
    readonly error_names?: readonly string[] | undefined;
    /** Only false: superseded jobs are not changed. */
    readonly is_superseded?: boolean | undefined;
    /** Their priority from now on, lower first; left out, as before. */
    readonly priority?: number | undefined;
  };
  readonly JobType: {
    readonly id: number;
    readonly name: string;
    readonly version: string;
    readonly title: string | null;
    readonly description: string | null;
    /** Of Font Awesome, for user interfaces. */
    readonly icon_code: string | null;
    readonly is_active: boolean;
    readonly is_paused: boolean;
    readonly is_published: boolean;
    readonly is_system: boolean;
    /** Of what the first of its queued jobs lacks, e.g. `cpus,mem`: in lists of jobs, of the queue and of job types, as it was at most a second ago; elsewhere null. What a job waits for stands in its `waiting_for`. */
    readonly unmet_resources: string | null;
    /** Jobs that may run at once. */
    readonly max_scheduled: number | null;
    /** Whether its jobs take what an earlier execution of the same identity made. */
    readonly reuse: boolean;
    readonly max_tries: number;
    readonly revision_num: number;
    readonly docker_image: string;
    readonly created: string;
    readonly deprecated: string | null;
    readonly paused: string | null;
    readonly last_modified: string;
  };
  readonly JobTypeBase: {
    readonly id: number;
    readonly name: string;
    readonly version: string;
    readonly title: string | null;
    readonly description: string | null;
    /** Of Font Awesome, for user interfaces. */
    readonly icon_code: string | null;
    readonly is_active: boolean;
    readonly is_paused: boolean;
    readonly is_published: boolean;
    readonly is_system: boolean;
    /** Of what the first of its queued jobs lacks, e.g. `cpus,mem`: in lists of jobs, of the queue and of job types, as it was at most a second ago; elsewhere null. What a job waits for stands in its `waiting_for`. */
    readonly unmet_resources: string | null;
  };
  readonly JobTypeDetails: {
    readonly id: number;
    readonly name: string;
    readonly version: string;
    readonly title: string | null;
    readonly description: string | null;
    /** Of Font Awesome, for user interfaces. */
    readonly icon_code: string | null;
    readonly is_active: boolean;
    readonly is_paused: boolean;
    readonly is_published: boolean;
    readonly is_system: boolean;
    /** Of what the first of its queued jobs lacks, e.g. `cpus,mem`: in lists of jobs, of the queue and of job types, as it was at most a second ago; elsewhere null. What a job waits for stands in its `waiting_for`. */
    readonly unmet_resources: string | null;
    /** Jobs that may run at once. */
    readonly max_scheduled: number | null;
    /** Whether its jobs take what an earlier execution of the same identity made. */
    readonly reuse: boolean;
    readonly max_tries: number;
    readonly revision_num: number;
    readonly docker_image: string;
    readonly created: string;
    readonly deprecated: string | null;
    readonly paused: string | null;
    readonly last_modified: string;
    /** The Seed manifest, as its author wrote it. */
    readonly manifest: Readonly<Record<string, unknown>>;
    /** How its jobs run; the values of secrets are masked. */
    readonly configuration: Readonly<Record<string, unknown>>;
    /** Those that name it. */
    readonly recipe_types: readonly Schemas['DefinedRecipeType'][];
  };
  readonly JobTypeName: {
    readonly name: string;
    readonly title: string | null;
    readonly description: string | null;
    readonly icon_code: string | null;
    readonly is_published: boolean;
    /** In the order in which they were made. */
    readonly versions: readonly string[];
    /** The one that was made last. */
    readonly latest_version: string;
  };
  /** What changes a job type; members that are left out stay as they are. */
  readonly JobTypePatchBody: {
    /** What runs. */
    readonly docker_image?: string | undefined;
    /** The Seed manifest; left out in a new job type, that in the label of the image counts. */
    readonly manifest?: Readonly<Record<string, unknown>> | undefined;
    /** How its jobs run, see docs/job-types.md; replaces the one before. */
    readonly configuration?: Readonly<Record<string, unknown>> | undefined;
    /** false: it takes no new jobs. */
    readonly is_active?: boolean | undefined;
    /** true: jobs are queued, and none is started. */
    readonly is_paused?: boolean | undefined;
    /** Jobs that may run at once; null: no limit. */
    readonly max_scheduled?: number | null | undefined;
    /** Whether its jobs take what an earlier execution of the same identity made; default false. */
    readonly reuse?: boolean | undefined;
    /** Of Font Awesome, for user interfaces. */
    readonly icon_code?: string | null | undefined;
    /** For user interfaces. */
    readonly is_published?: boolean | undefined;
    /** true: recipe types that name it get new revisions that name its new one; default false. */
    readonly auto_update?: boolean | undefined;
  };
  /** What registers a job type, or changes the one of that name and version. */
  readonly JobTypePostBody: {
    /** What runs. */
    readonly docker_image: string;
    /** The Seed manifest; left out in a new job type, that in the label of the image counts. */
    readonly manifest?: Readonly<Record<string, unknown>> | undefined;
    /** How its jobs run, see docs/job-types.md; replaces the one before. */
    readonly configuration?: Readonly<Record<string, unknown>> | undefined;
    /** false: it takes no new jobs. */
    readonly is_active?: boolean | undefined;
    /** true: jobs are queued, and none is started. */
    readonly is_paused?: boolean | undefined;
    /** Jobs that may run at once; null: no limit. */
    readonly max_scheduled?: number | null | undefined;
    /** Whether its jobs take what an earlier execution of the same identity made; default false. */
    readonly reuse?: boolean | undefined;
    /** Of Font Awesome, for user interfaces. */
    readonly icon_code?: string | null | undefined;
    /** For user interfaces. */
    readonly is_published?: boolean | undefined;
    /** true: recipe types that name it get new revisions that name its new one; default false. */
    readonly auto_update?: boolean | undefined;
  };
  readonly JobTypeStatus: {
    readonly job_type: Schemas['StandingJobType'];
    /** One for each status that jobs are in; FAILED by category of the error. */
    readonly job_counts: readonly {
      readonly status: 'PENDING' | 'BLOCKED' | 'QUEUED' | 'RUNNING' | 'FAILED' | 'COMPLETED' | 'CANCELED';
      readonly count: number;
      /** When the last of them came there. */
      readonly most_recent: string;
      readonly category: 'SYSTEM' | 'DATA' | 'ALGORITHM' | null;
    }[];
  };
  readonly JobTypeTimeline: {
    readonly job_type_id: number;
    readonly name: string;
    readonly version: string;
    readonly title: string;
    readonly revision_num: number;
    /** The oldest day first; in UTC. */
    readonly results: readonly {
      readonly date: string;
      readonly count: number;
    }[];
  };
  /** What would be registered; only manifest and configuration are judged. */
  readonly JobTypeValidationPostBody: {
    /** What runs. */
    readonly docker_image?: string | undefined;
    /** The Seed manifest; left out in a new job type, that in the label of the image counts. */
    readonly manifest: Readonly<Record<string, unknown>>;
    /** How its jobs run, see docs/job-types.md; replaces the one before. */
    readonly configuration?: Readonly<Record<string, unknown>> | undefined;
    /** false: it takes no new jobs. */
    readonly is_active?: boolean | undefined;
    /** true: jobs are queued, and none is started. */
    readonly is_paused?: boolean | undefined;
    /** Jobs that may run at once; null: no limit. */
    readonly max_scheduled?: number | null | undefined;
    /** Whether its jobs take what an earlier execution of the same identity made; default false. */
    readonly reuse?: boolean | undefined;
    /** Of Font Awesome, for user interfaces. */
    readonly icon_code?: string | null | undefined;
    /** For user interfaces. */
    readonly is_published?: boolean | undefined;
    /** true: recipe types that name it get new revisions that name its new one; default false. */
    readonly auto_update?: boolean | undefined;
  };
  readonly Judgement: {
    readonly is_valid: boolean;
    readonly errors: readonly Schemas['Finding'][];
    readonly warnings: readonly Schemas['Finding'][];
  };
  /** A file as `files/{id}/` has it; null where there is none. */
  readonly KnownFile: {
    readonly file: Schemas['FileDetails'] | null;
  };
  readonly Lineage: {
    readonly files: readonly {
      readonly id: number;
      readonly file_name: string;
      readonly file_path: string;
      readonly workspace: {
        readonly id: number;
        readonly name: string;
      };
      readonly file_type: string;
      readonly media_type: string;
      /** Bytes. */
      readonly file_size: number;
      readonly is_superseded: boolean;
      readonly is_deleted: boolean;
      /** Jobs between it and the file that was asked for: below 0 for an ancestor, above for a descendant, 0 for itself. */
      readonly distance: number;
    }[];
    readonly links: readonly {
      readonly ancestor_id: number;
      readonly descendant_id: number;
      /** null: a job of the Scale that both files were taken over from. */
      readonly job_id: number | null;
    }[];
    readonly jobs: readonly {
      readonly id: number;
      readonly job_type: {
        readonly id: number;
        readonly name: string;
        readonly version: string;
      };
      readonly recipe: {
        readonly id: number;
      } | null;
      readonly recipe_node: string | null;
    }[];
    /** Whether there is more in that direction than `depth` and `limit` let through. */
    readonly cut: {
      readonly ancestors: boolean;
      readonly descendants: boolean;
    };
  };
  readonly Link: {
    readonly url: string;
    readonly expires: string;
  };
  /** How long a link to a file is good for. */
  readonly LinkPostBody: {
    /** Seconds until it expires; default 3600, at most 7 days. */
    readonly seconds?: number | undefined;
  };
  readonly LoadPoint: {
    readonly time: string;
    readonly pending_count: number;
    readonly queued_count: number;
    readonly running_count: number;
  };
  readonly LogEntry: {
    readonly message: string;
    readonly '@timestamp': string;
    readonly scale_order_num: number;
    readonly scale_task: string;
    readonly scale_job_exe: string;
    readonly scale_node: string;
    readonly stream: 'stdout' | 'stderr';
  };
  readonly Login: {
    readonly token: string;
  };
  /** Name and password of a user. */
  readonly LoginBody: {
    readonly username: string;
    readonly password: string;
  };
  readonly MetricsType: {
    readonly name: string;
    readonly title: string;
    readonly description: string;
    readonly filters: readonly {
      readonly param: string;
      readonly type: string;
    }[];
    readonly groups: readonly {
      readonly name: string;
      readonly title: string;
      readonly description: string;
    }[];
    readonly columns: readonly {
      readonly name: string;
      readonly title: string;
      readonly description: string;
      readonly units: 'count' | 'seconds' | 'bytes';
      readonly group: string;
      readonly aggregate: 'sum' | 'min' | 'max' | 'avg';
    }[];
  };
  readonly MetricsTypeDetails: {
    readonly name: string;
    readonly title: string;
    readonly description: string;
    readonly filters: readonly {
      readonly param: string;
      readonly type: string;
    }[];
    readonly groups: readonly {
      readonly name: string;
      readonly title: string;
      readonly description: string;
    }[];
    readonly columns: readonly {
      readonly name: string;
      readonly title: string;
      readonly description: string;
      readonly units: 'count' | 'seconds' | 'bytes';
      readonly group: string;
      readonly aggregate: 'sum' | 'min' | 'max' | 'avg';
    }[];
    readonly choices: readonly (
      | Schemas['ErrorDetails']
      | Schemas['JobTypeBase']
      | {
          readonly id: number;
          readonly name: string;
          readonly title: string | null;
        }
    )[];
  };
  readonly NewToken: {
    readonly id: number;
    readonly name: string;
    readonly user_id: number;
    readonly username: string;
    readonly role: 'viewer' | 'operator' | 'admin';
    /** Made by a login. */
    readonly is_login: boolean;
    readonly created: string;
    readonly expires: string | null;
    readonly last_used: string | null;
    readonly revoked: string | null;
    /** To be sent as `Authorization: Token ...`. */
    readonly token: string;
  };
  readonly Node: {
    readonly id: number;
    readonly name: string;
    readonly hostname: string;
    readonly state: {
      readonly name: string;
      readonly title: string;
      readonly description: string;
    };
    readonly is_paused: boolean;
    readonly pause_reason: string | null;
    readonly is_active: boolean;
    /** Address of its container engine. */
    readonly engine: string;
    readonly engine_version: string;
    /** Jobs that it runs at once at most. */
    readonly slots: number;
    readonly running: number;
    /** Why it is not ready, or not wholly. */
    readonly problems: readonly Readonly<Record<string, unknown>>[];
    readonly last_seen: string | null;
    readonly created: string;
    readonly deprecated: string | null;
    readonly last_modified: string;
    /** By name: total, running, free ..., in CPUs and MiB. */
    readonly resources: Readonly<Record<string, unknown>>;
  };
  /** What changes a node; members that are left out stay as they are. */
  readonly NodePatchBody: {
    /** true: what runs there goes on, and nothing new is started. */
    readonly is_paused?: boolean | undefined;
    /** For people; forgotten when the pause ends. */
    readonly pause_reason?: string | null | undefined;
    /** false: it is not used, and not listed. */
    readonly is_active?: boolean | undefined;
  };
  readonly OpenLineageRunEvent: {
    readonly eventType: 'START' | 'COMPLETE';
    readonly eventTime: string;
    readonly producer: string;
    readonly schemaURL: string;
    readonly run: {
      readonly runId: string;
      readonly facets: Readonly<
        Record<
          string,
          {
            readonly _producer: string;
            readonly _schemaURL: string;
          }
        >
      >;
    };
    readonly job: {
      readonly namespace: string;
      readonly name: string;
      readonly facets: Readonly<
        Record<
          string,
          {
            readonly _producer: string;
            readonly _schemaURL: string;
          }
        >
      >;
    };
    readonly inputs: readonly {
      readonly namespace: string;
      readonly name: string;
      readonly facets: Readonly<
        Record<
          string,
          {
            readonly _producer: string;
            readonly _schemaURL: string;
          }
        >
      >;
    }[];
    readonly outputs: readonly {
      readonly namespace: string;
      readonly name: string;
      readonly facets: Readonly<
        Record<
          string,
          {
            readonly _producer: string;
            readonly _schemaURL: string;
          }
        >
      >;
      readonly outputFacets: Readonly<
        Record<
          string,
          {
            readonly _producer: string;
            readonly _schemaURL: string;
          }
        >
      >;
    }[];
  };
  readonly OutputFile: {
    readonly id: number;
    readonly file_name: string;
    readonly workspace: {
      readonly id: number;
      readonly name: string;
    };
    readonly data_type_tags: readonly string[];
    readonly media_type: string;
    readonly file_type: string;
    /** Bytes. */
    readonly file_size: number;
    /** In its workspace. */
    readonly file_path: string;
    readonly is_deleted: boolean;
    readonly url: string | null;
    readonly created: string;
    readonly deleted: string | null;
    readonly data_started: string | null;
    readonly data_ended: string | null;
    readonly source_started: string | null;
    readonly source_ended: string | null;
    readonly source_sensor_class: string | null;
    readonly source_sensor: string | null;
    readonly source_collection: string | null;
    readonly source_task: string | null;
    readonly last_modified: string;
    /** Well-known text. */
    readonly geometry: string | null;
    /** Well-known text. */
    readonly center_point: string | null;
    readonly countries: readonly unknown[];
    readonly job_type: {
      readonly id: number;
      readonly name: string;
      readonly version: string;
    } | null;
    readonly job: {
      readonly id: number;
    } | null;
    readonly job_exe: {
      readonly id: number;
    } | null;
    readonly job_output: string | null;
    readonly recipe_type: {
      readonly id: number;
      readonly name: string | null;
      readonly title: string | null;
    } | null;
    readonly recipe: {
      readonly id: number;
    } | null;
    readonly recipe_node: string | null;
    readonly batch: {
      readonly id: number;
    } | null;
    readonly is_superseded: boolean;
    readonly superseded: string | null;
    /** Of the content, hexadecimal. */
    readonly sha256: string | null;
    /** Which job gave it here; the one that made it may be another, whose result was reused. */
    readonly of: {
      readonly job: {
        readonly id: number;
      };
      /** The one at the top. */
      readonly recipe: {
        readonly id: number;
      } | null;
      /** Nodes from that recipe down to the job. */
      readonly path: readonly {
        readonly name: string;
        /** Which run of a node with forEach. */
        readonly item: number | null;
      }[];
      readonly output: string;
      /** Among the files of that output. */
      readonly position: number;
    };
  };
  readonly PendingType: {
    readonly job_type: Schemas['JobTypeBase'];
    readonly count: number;
    readonly longest_pending: string;
  };
  readonly Plot: {
    readonly column: {
      readonly name: string;
      readonly title: string;
      readonly description: string;
      readonly units: 'count' | 'seconds' | 'bytes';
      readonly group: string;
      readonly aggregate: 'sum' | 'min' | 'max' | 'avg';
    };
    /** In UTC. */
    readonly min_x: string;
    /** In UTC. */
    readonly max_x: string;
    readonly min_y: number;
    readonly max_y: number;
    /** One for each day on which there is something to tell, the oldest first. */
    readonly values: readonly {
      /** The choice, where several were asked for. */
      readonly id?: number;
      /** The beginning of the day. */
      readonly datetime: string;
      /** In UTC. */
      readonly date: string;
      readonly value: number;
    }[];
  };
  readonly PostedTasks: {
    readonly results: readonly {
      /** As of `POST tasks/`; 200 of a dry run: it would be taken. */
      readonly status: 200 | 201 | 400 | 409;
      readonly task?: Schemas['Task'];
      readonly same_payload?: boolean;
      readonly errors?: readonly Schemas['Finding'][];
      readonly warnings?: readonly Schemas['Finding'][];
    }[];
  };
  readonly Problem: {
    /** `urn:seedbed:error:` and the name of the error. */
    readonly type: string;
    readonly title: string;
    readonly status: number;
    readonly detail: string;
    /** Of the error, see docs/errors.md. */
    readonly code: string;
    /** What was found, one by one. */
    readonly errors?: readonly Schemas['Finding'][];
  };
  readonly Project: {
    readonly id: number;
    readonly name: string;
    readonly title: string;
    readonly description: string;
    readonly created: string;
    readonly last_modified: string;
  };
  /** A name under which workspaces, job types and jobs stand together. */
  readonly ProjectBody: {
    /** Unique. */
    readonly name: string;
    /** For people. */
    readonly title?: string | undefined;
    /** For people. */
    readonly description?: string | undefined;
  };
  /** What changes a project; members that are left out stay as they are. */
  readonly ProjectPatchBody: {
    /** Unique. */
    readonly name?: string | undefined;
    /** For people. */
    readonly title?: string | undefined;
    /** For people. */
    readonly description?: string | undefined;
  };
  readonly ProvDocument: {
    readonly prefix: Readonly<Record<string, string>>;
    readonly entity?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly activity?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly agent?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly used?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly wasGeneratedBy?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly wasDerivedFrom?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly wasInvalidatedBy?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly wasAssociatedWith?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly wasAttributedTo?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly actedOnBehalfOf?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly wasInformedBy?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly hadMember?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
  readonly Purge: {
    readonly id: number;
    readonly file: {
      readonly id: number;
      readonly file_name: string;
      readonly file_path: string;
    };
    readonly phase: 'COLLECT' | 'STOP' | 'DETACH' | 'FILES' | 'RECORDS' | 'DONE' | 'FAILED';
    /** What it waits for, or why it failed. */
    readonly problem: string | null;
    readonly report: Schemas['PurgeReport'] | null;
    readonly created_by: string;
    readonly created: string;
    readonly ended: string | null;
  };
  /** A source that is to go with all that came of it. */
  readonly PurgePostBody: {
    /** Of the source. */
    readonly file_id: number;
    /** true: its own content goes, too; default: only that of its products, and of a source that lies in the workspace of the service itself. */
    readonly delete_content?: boolean | undefined;
  };
  readonly PurgeReport: {
    readonly files: number;
    /** Files whose content goes, too. */
    readonly contents: number;
    /** Of those. */
    readonly bytes: number;
    readonly jobs: number;
    readonly executions: number;
    readonly recipes: number;
    /** Of the jobs: those that waited or ran. */
    readonly jobs_canceled: number;
    readonly kept: {
      /** Other sources of products that go. */
      readonly sources: number;
      /** Jobs of the recipes that took nothing of the source. */
      readonly jobs: number;
      /** Files of which only the row goes. */
      readonly contents: number;
    };
    /** At most 20. */
    readonly examples: readonly {
      readonly id: number;
      readonly file_type: 'SOURCE' | 'PRODUCT';
      readonly workspace: string;
      readonly file_path: string;
      /** Bytes. */
      readonly file_size: number;
    }[];
  };
  readonly QueuedDiagnostics: {
    readonly job_type: Schemas['JobTypeBase'];
    readonly num: number;
    /** The first of the jobs. */
    readonly job_id: number;
  };
  readonly QueuedRecipes: {
    readonly recipe_type: Schemas['RecipeTypeBase'];
    readonly num: number;
    /** The first of the recipes. */
    readonly recipe_id: number;
  };
  readonly QueuedResources: {
    readonly cluster_resources: Readonly<Record<string, number>>;
    readonly queue_lengths: {
      readonly PENDING: number;
      readonly QUEUED: number;
      readonly RUNNING: number;
    };
    readonly total_resources: {
      readonly PENDING: Readonly<Record<string, number>>;
      readonly QUEUED: Readonly<Record<string, number>>;
      readonly RUNNING: Readonly<Record<string, number>>;
    };
    readonly is_estimate: boolean;
  };
  readonly QueuedType: {
    readonly job_type: Schemas['JobTypeBase'];
    readonly count: number;
    /** There are too many rows to count them each time: `count` is about right. */
    readonly count_is_estimate?: true;
    readonly longest_queued: string;
    readonly highest_priority: number;
    /** Of those, jobs that are tried again later. */
    readonly delayed: number;
    readonly waiting_for: readonly Schemas['WaitReason'][];
  };
  readonly Ready: {
    readonly status: 'ok';
  };
  readonly Recipe: {
    readonly id: number;
    readonly recipe_type: Schemas['RecipeTypeBase'];
    readonly recipe_type_rev: {
      readonly id: number;
      readonly recipe_type: {
        readonly id: number;
      };
      readonly revision_num: number;
    };
    /** There is none yet. */
    readonly event: null;
    /** There is none yet. */
    readonly ingest_event: null;
    readonly recipe: Schemas['RecipeBase'] | null;
    readonly batch: {
      readonly id: number;
    } | null;
    readonly is_superseded: boolean;
    readonly superseded_recipe: {
      readonly id: number;
    } | null;
    /** MiB of all input files. */
    readonly input_file_size: number | null;
    readonly source_started: string | null;
    readonly source_ended: string | null;
    readonly source_sensor_class: string | null;
    readonly source_sensor: string | null;
    readonly source_collection: string | null;
    readonly source_task: string | null;
    readonly jobs_total: number;
    readonly jobs_pending: number;
    readonly jobs_blocked: number;
    readonly jobs_queued: number;
    readonly jobs_running: number;
    readonly jobs_failed: number;
    readonly jobs_completed: number;
    readonly jobs_canceled: number;
    readonly sub_recipes_total: number;
    readonly sub_recipes_completed: number;
    readonly is_completed: boolean;
    readonly created: string;
    readonly completed: string | null;
    readonly superseded: string | null;
    readonly last_modified: string;
  };
  readonly RecipeBase: {
    readonly id: number;
    readonly recipe_type: Schemas['RecipeTypeBase'];
    readonly recipe_type_rev: {
      readonly id: number;
    };
    /** There is none yet. */
    readonly event: null;
  };
  readonly RecipeDetails: {
    readonly id: number;
    readonly recipe_type: Schemas['RecipeTypeBase'];
    readonly recipe_type_rev: {
      readonly id: number;
      readonly recipe_type: Schemas['RecipeTypeBase'];
      readonly revision_num: number;
      readonly definition: Readonly<Record<string, unknown>>;
      readonly created: string;
    };
    /** There is none yet. */
    readonly event: null;
    /** There is none yet. */
    readonly ingest_event: null;
    readonly recipe: Schemas['RecipeBase'] | null;
    readonly batch: {
      readonly id: number;
    } | null;
    readonly is_superseded: boolean;
    readonly superseded_recipe: Schemas['RecipeBase'] | null;
    /** MiB of all input files. */
    readonly input_file_size: number | null;
    readonly source_started: string | null;
    readonly source_ended: string | null;
    readonly source_sensor_class: string | null;
    readonly source_sensor: string | null;
    readonly source_collection: string | null;
    readonly source_task: string | null;
    readonly jobs_total: number;
    readonly jobs_pending: number;
    readonly jobs_blocked: number;
    readonly jobs_queued: number;
    readonly jobs_running: number;
    readonly jobs_failed: number;
    readonly jobs_completed: number;
    readonly jobs_canceled: number;
    readonly sub_recipes_total: number;
    readonly sub_recipes_completed: number;
    readonly is_completed: boolean;
    readonly created: string;
    readonly completed: string | null;
    readonly superseded: string | null;
    readonly last_modified: string;
    readonly superseded_by_recipe: Schemas['RecipeBase'] | null;
    readonly input: Readonly<Record<string, unknown>>;
    readonly output: Readonly<Record<string, unknown>> | null;
    /** Its nodes by name; without sub-recipes that have not been started. */
    readonly details: {
      readonly nodes: Readonly<
        Record<
          string,
          {
            readonly dependencies: readonly {
              readonly name: string;
              readonly acceptance: boolean;
            }[];
            readonly node_type:
              | {
                  readonly node_type: 'job';
                  readonly job_type_name: string;
                  readonly job_type_version: string;
                  readonly job_type_revision: number;
                  readonly job_id: number | null;
                  readonly status:
                    | 'PENDING'
                    | 'BLOCKED'
                    | 'QUEUED'
                    | 'RUNNING'
                    | 'FAILED'
                    | 'CANCELED'
                    | 'COMPLETED'
                    | 'SKIPPED';
                  /** Of a node with forEach: how many of its runs stand where. */
                  readonly items?: {
                    readonly total: number | null;
                    readonly states: Readonly<Record<string, number>>;
                    readonly concurrency: number | null;
                  };
                }
              | {
                  readonly node_type: 'recipe';
                  readonly recipe_type_name: string;
                  readonly recipe_type_revision: number;
                  readonly recipe_id: number | null;
                  readonly is_completed: boolean;
                  readonly jobs_total: number;
                  readonly jobs_pending: number;
                  readonly jobs_blocked: number;
                  readonly jobs_queued: number;
                  readonly jobs_running: number;
                  readonly jobs_failed: number;
                  readonly jobs_completed: number;
                  readonly jobs_canceled: number;
                  readonly sub_recipes_total: number;
                  readonly sub_recipes_completed: number;
                  /** Of a node with forEach: how many of its runs stand where. */
                  readonly items?: {
                    readonly total: number | null;
                    readonly states: Readonly<Record<string, number>>;
                    readonly concurrency: number | null;
                  };
                }
              | {
                  readonly node_type: 'condition';
                  readonly condition_id: number;
                  readonly is_processed: boolean;
                  readonly is_accepted: boolean;
                  /** Of a node with forEach: how many of its runs stand where. */
                  readonly items?: {
                    readonly total: number | null;
                    readonly states: Readonly<Record<string, number>>;
                    readonly concurrency: number | null;
                  };
                };
          }
        >
      >;
    };
    readonly job_types: readonly Schemas['JobTypeBase'][];
    readonly sub_recipe_types: readonly Schemas['RecipeTypeBase'][];
  };
  /** How many recipes are to be run. */
  readonly RecipeDiagnosticPostBody: {
    /** How many recipes are begun. */
    readonly num: number;
  };
  /** The nodes of a recipe in the order of their definition, and where each stands. */
  readonly RecipeGraph: {
    readonly id: number;
    readonly recipe_type: {
      readonly id: number;
      readonly name: string;
      readonly title: string | null;
      readonly revision_num: number;
    };
    readonly is_completed: boolean;
    readonly created: string;
    readonly completed: string | null;
    readonly counters: {
      readonly jobs_total: number;
      readonly jobs_pending: number;
      readonly jobs_blocked: number;
      readonly jobs_queued: number;
      readonly jobs_running: number;
      readonly jobs_failed: number;
      readonly jobs_completed: number;
      readonly jobs_canceled: number;
      readonly sub_recipes_total: number;
      readonly sub_recipes_completed: number;
    };
    readonly nodes: readonly {
      readonly name: string;
      readonly node_type: 'job' | 'recipe' | 'condition';
      readonly job_type: {
        readonly name: string;
        readonly version: string;
        readonly revision_num: number;
      } | null;
      readonly recipe_type: {
        readonly name: string;
        readonly revision_num: number;
      } | null;
      readonly state:
        'PENDING' | 'BLOCKED' | 'QUEUED' | 'RUNNING' | 'FAILED' | 'CANCELED' | 'COMPLETED' | 'SKIPPED';
      /** Its job, where it has one. */
      readonly job_id: number | null;
      /** Its sub-recipe, where it has one. */
      readonly recipe_id: number | null;
      readonly dependencies: readonly {
        readonly name: string;
        /** Of a condition: which verdict is needed. */
        readonly acceptance: boolean;
      }[];
      readonly started: string | null;
      readonly ended: string | null;
      /** Seconds from start to end, or until now. */
      readonly duration: number | null;
      /** The verdict of a condition. */
      readonly accepted: boolean | null;
      /** Why it was skipped, or cannot go on. */
      readonly reason: string | null;
      /** false: taken over from the recipe that this one supersedes. */
      readonly is_original: boolean;
      /** How many of its jobs have what earlier executions made, in place of a container. */
      readonly jobs_reused: number;
      readonly items: {
        /** null: not known yet. */
        readonly total: number | null;
        /** How many runs stand where; states of none are left out. */
        readonly states: {
          readonly PENDING?: number;
          readonly BLOCKED?: number;
          readonly QUEUED?: number;
          readonly RUNNING?: number;
          readonly FAILED?: number;
          readonly CANCELED?: number;
          readonly COMPLETED?: number;
          readonly SKIPPED?: number;
        };
        /** Runs at once; null: all. */
        readonly concurrency: number | null;
      } | null;
      readonly counters: {
        readonly jobs_total: number;
        readonly jobs_pending: number;
        readonly jobs_blocked: number;
        readonly jobs_queued: number;
        readonly jobs_running: number;
        readonly jobs_failed: number;
        readonly jobs_completed: number;
        readonly jobs_canceled: number;
        readonly sub_recipes_total: number;
        readonly sub_recipes_completed: number;
      } | null;
      /** With `expand`: the same, of its sub-recipe. */
      readonly graph?: Readonly<Record<string, unknown>>;
    }[];
  };
  readonly RecipeNodeDiff: {
    readonly status: 'NEW' | 'CHANGED' | 'UNCHANGED' | 'DELETED';
    readonly changes: readonly {
      readonly name: string;
      readonly description: string;
    }[];
    /** Whether it runs again when a recipe is reprocessed. */
    readonly reprocess_new_node: boolean;
    readonly force_reprocess: boolean;
    readonly dependencies: readonly Readonly<Record<string, unknown>>[];
    readonly node_type: Readonly<Record<string, unknown>>;
    /** The kind that it was of. */
    readonly prev_node_type?: string;
  };
  /** Which recipe type is to be run, and on what. */
  readonly RecipePostBody: {
    /** The recipe type by its id. */
    readonly recipe_type_id?: number | undefined;
    /** The recipe type by its name, instead. */
    readonly recipe_type_name?: string | undefined;
    /** Which revision of it; left out, the newest. */
    readonly revision_num?: number | undefined;
    /** Files and values by input: `{"files": {"SCENE": [17]}, "json": {}}`. */
    readonly input: Readonly<Record<string, unknown>>;
    /** Whether what an earlier execution made may be taken; the same as in the configuration. */
    readonly reuse?: boolean | undefined;
    /** Of all its jobs, over that of their types. */
    readonly configuration?: Readonly<Record<string, unknown>> | undefined;
  };
  readonly RecipeType: {
    readonly id: number;
    readonly name: string;
    readonly title: string | null;
    readonly description: string | null;
    readonly revision_num: number;
    readonly is_active: boolean;
    readonly is_system: boolean;
    readonly created: string;
    readonly deprecated: string | null;
    readonly last_modified: string;
    /** That its definition names. */
    readonly job_types: readonly {
      readonly name: string;
      readonly version: string;
    }[];
    /** Names of recipe types that its definition names. */
    readonly sub_recipe_types: readonly string[];
  };
  readonly RecipeTypeBase: {
    readonly id: number;
    readonly name: string;
    readonly title: string | null;
    readonly description: string | null;
    readonly revision_num: number;
  };
  readonly RecipeTypeDetails: {
    readonly id: number;
    readonly name: string;
    readonly title: string | null;
    readonly description: string | null;
    readonly revision_num: number;
    readonly is_active: boolean;
    readonly is_system: boolean;
    readonly created: string;
    readonly deprecated: string | null;
    readonly last_modified: string;
    /** With every default filled in, see docs/recipes.md. */
    readonly definition: Readonly<Record<string, unknown>>;
    readonly job_types: readonly Schemas['JobTypeDetails'][];
    readonly sub_recipe_types: readonly Schemas['DefinedRecipeType'][];
    /** Those that contain it. */
    readonly super_recipe_types: readonly Schemas['DefinedRecipeType'][];
  };
  readonly RecipeTypeDiff: {
    readonly can_be_reprocessed?: boolean;
    readonly reasons?: readonly {
      readonly name: string;
      readonly description: string;
    }[];
    readonly nodes?: Readonly<Record<string, Schemas['RecipeNodeDiff']>>;
  };
  readonly RecipeTypeJudgement: {
    readonly is_valid: boolean;
    readonly errors: readonly Schemas['Finding'][];
    readonly warnings: readonly Schemas['Finding'][];
    readonly diff: Schemas['RecipeTypeDiff'];
  };
  /** What changes a recipe type; members that are left out stay as they are. */
  readonly RecipeTypePatchBody: {
    /** For people; of a new one, what its name is made of. */
    readonly title?: string | null | undefined;
    /** For people. */
    readonly description?: string | null | undefined;
    /** What runs, in which order; one that differs from the last one is a new revision. */
    readonly definition?: Readonly<Record<string, unknown>> | undefined;
    /** false: no new recipe of it is made. */
    readonly is_active?: boolean | undefined;
    /** Whether recipe types that contain it get its new revision, or go out of use with it; default true. */
    readonly auto_update?: boolean | undefined;
  };
  /** What makes a recipe type, or changes the one of that name. */
  readonly RecipeTypePostBody: {
    /** What it is called in addresses and definitions. Given: that recipe type is made or changed. Left out: a new one is made, whose name comes from the title. */
    readonly name?: string | null | undefined;
    /** For people; of a new one, what its name is made of. */
    readonly title?: string | null | undefined;
    /** For people. */
    readonly description?: string | null | undefined;
    /** What runs, in which order; one that differs from the last one is a new revision. */
    readonly definition: Readonly<Record<string, unknown>>;
  };
  readonly RecipeTypeRevision: {
    readonly id: number;
    readonly recipe_type: Schemas['RecipeTypeBase'];
    readonly revision_num: number;
    readonly created: string;
  };
  readonly RecipeTypeRevisionDetails: {
    readonly id: number;
    readonly recipe_type: Schemas['DefinedRecipeType'];
    readonly revision_num: number;
    readonly created: string;
    /** With every default filled in, see docs/recipes.md. */
    readonly definition: Readonly<Record<string, unknown>>;
  };
  readonly RecipeTypeTimeline: {
    readonly recipe_type_id: number;
    readonly name: string;
    readonly title: string;
    readonly revision_num: number;
    /** The oldest day first; in UTC. */
    readonly results: readonly {
      readonly date: string;
      readonly count: number;
    }[];
  };
  /** What would be saved; only the definition is judged. */
  readonly RecipeTypeValidationPostBody: {
    /** For people; of a new one, what its name is made of. */
    readonly title?: string | null | undefined;
    /** For people. */
    readonly description?: string | null | undefined;
    /** What runs, in which order; one that differs from the last one is a new revision. */
    readonly definition: Readonly<Record<string, unknown>>;
    /** false: no new recipe of it is made. */
    readonly is_active?: boolean | undefined;
    /** Whether recipe types that contain it get its new revision, or go out of use with it; default true. */
    readonly auto_update?: boolean | undefined;
    /** Of one that is there: what would change about it is told too. */
    readonly name?: string | null | undefined;
  };
  readonly RefusedJudgement: {
    readonly detail: string;
    readonly is_valid: boolean;
    readonly errors: readonly Schemas['Finding'][];
    readonly warnings: readonly Schemas['Finding'][];
  };
  readonly RefusedLogin: {
    readonly non_field_errors: readonly string[];
    readonly detail: string;
    readonly code: string;
  };
  readonly Removal: {
    readonly id: number;
    readonly file: {
      readonly id: number;
    };
    readonly workspace: {
      readonly id: number;
      readonly name: string;
    };
    readonly file_path: string;
    /** Bytes. */
    readonly file_size: number;
    readonly reason: string;
    readonly actor: string;
    readonly tries: number;
    readonly not_before: string;
    /** Why it is still there; null: its turn has not come. */
    readonly problem: string | null;
    readonly created: string;
  };
  /** As what a recipe is run again, and which of its nodes run although nothing about them has changed. */
  readonly ReprocessPostBody: {
    /** Nodes that run again although nothing about them has changed. */
    readonly forced_nodes?: Schemas['ReprocessPostBody.forced_nodes'] | undefined;
    /** Of its recipe type; the newest when left out. */
    readonly revision_num?: number | undefined;
  };
  /** Nodes that run again although nothing about them has changed. */
  readonly 'ReprocessPostBody.forced_nodes': {
    /** Whether all nodes do, those of sub-recipes included. */
    readonly all: boolean;
    /** Names of nodes that do. */
    readonly nodes?: readonly string[] | undefined;
    /** The same for the sub-recipes, by the names of their nodes. */
    readonly sub_recipes?: Readonly<Record<string, Schemas['ReprocessPostBody.forced_nodes']>> | undefined;
  };
  readonly ReprocessedRecipe: {
    /** Of the new recipe. */
    readonly id: number;
    /** The one that is superseded. */
    readonly recipe: {
      readonly id: number;
    };
    readonly recipe_type: {
      readonly id: number;
      readonly name: string;
    };
    /** Of the recipe that is superseded. */
    readonly previous_revision_num: number;
    /** Of the recipe that supersedes it. */
    readonly revision_num: number;
    readonly nodes: readonly {
      readonly name: string;
      readonly node_type: 'job' | 'recipe' | 'condition';
      /** Whether its results are taken over, it runs again, or the revision does not have it. */
      readonly action: 'CARRIED_OVER' | 'RUN' | 'DELETED';
      /** Compared to the revision before. */
      readonly status: 'NEW' | 'CHANGED' | 'UNCHANGED' | 'DELETED';
      /** Compared to the revision before. */
      readonly changes: readonly Schemas['Finding'][];
      /** Why, in words. */
      readonly reason: string;
      /** The same of the nodes of a sub-recipe that is re-processed node by node. */
      readonly nodes?: readonly Readonly<Record<string, unknown>>[];
    }[];
  };
  readonly RetentionDryRun: {
    readonly goes: {
      readonly files: number;
      /** Of their contents. */
      readonly bytes: number;
      /** At most 20. */
      readonly examples: readonly {
        readonly id: number;
        readonly workspace: string;
        readonly file_path: string;
        /** Bytes. */
        readonly file_size: number;
        /** Why it goes, or stays. */
        readonly reason: string;
      }[];
    };
    /** What the rules let go, and something needs. */
    readonly kept: {
      readonly files: number;
      /** Of their contents. */
      readonly bytes: number;
      /** At most 20. */
      readonly examples: readonly {
        readonly id: number;
        readonly workspace: string;
        readonly file_path: string;
        /** Bytes. */
        readonly file_size: number;
        /** Why it goes, or stays. */
        readonly reason: string;
      }[];
      readonly reasons: {
        readonly hold: number;
        readonly job: number;
        readonly recipe: number;
        readonly batch: number;
        readonly schedule: number;
      };
    };
  };
  /** Takes the place of the rule for the same files, or stands beside all; empty: the rules as they are. */
  readonly RetentionDryRunBody: {
    /** Name or id of the workspace whose files it is about. */
    readonly workspace?: string | number | undefined;
    /** Files with this tag; null (the default): those that no rule with a tag is for. */
    readonly data_type?: string | null | undefined;
    /** Days that a file is kept after it was catalogued; null (the default): for ever. */
    readonly keep_days?: number | null | undefined;
    /** false: a file that another one superseded goes at once; true (the default): with the others. */
    readonly keep_superseded?: boolean | undefined;
    /** For people. */
    readonly description?: string | null | undefined;
    /** false: it decides nothing. */
    readonly is_active?: boolean | undefined;
  };
  readonly RetentionPass: {
    readonly requested: string | null;
    readonly requested_by: string | null;
    readonly started: string | null;
    readonly ended: string | null;
    /** That were marked as deleted. */
    readonly files: number;
    /** Of those. */
    readonly bytes: number;
    /** That the rules let go, and something needs. */
    readonly kept: number;
  };
  readonly RetentionRule: {
    readonly id: number;
    readonly workspace: {
      readonly id: number;
      readonly name: string;
    };
    readonly data_type: string | null;
    readonly keep_days: number | null;
    readonly keep_superseded: boolean;
    readonly description: string | null;
    readonly is_active: boolean;
    readonly created_by: string | null;
    readonly created: string;
    readonly last_modified: string;
  };
  /** What changes a retention rule; members that are left out stay as they are. */
  readonly RetentionRulePatchBody: {
    /** Days that a file is kept after it was catalogued; null (the default): for ever. */
    readonly keep_days?: number | null | undefined;
    /** false: a file that another one superseded goes at once; true (the default): with the others. */
    readonly keep_superseded?: boolean | undefined;
    /** For people. */
    readonly description?: string | null | undefined;
    /** false: it decides nothing. */
    readonly is_active?: boolean | undefined;
  };
  /** What a workspace keeps for how long. */
  readonly RetentionRulePostBody: {
    /** Name or id of the workspace whose files it is about. */
    readonly workspace: string | number;
    /** Files with this tag; null (the default): those that no rule with a tag is for. */
    readonly data_type?: string | null | undefined;
    /** Days that a file is kept after it was catalogued; null (the default): for ever. */
    readonly keep_days?: number | null | undefined;
    /** false: a file that another one superseded goes at once; true (the default): with the others. */
    readonly keep_superseded?: boolean | undefined;
    /** For people. */
    readonly description?: string | null | undefined;
    /** false: it decides nothing. */
    readonly is_active?: boolean | undefined;
  };
  readonly Revision: {
    readonly id: number;
    readonly job_type: Schemas['JobTypeBase'];
    readonly revision_num: number;
    readonly docker_image: string;
    readonly created: string;
  };
  readonly RevisionDetails: {
    readonly id: number;
    readonly job_type: Schemas['JobTypeBase'];
    readonly revision_num: number;
    readonly docker_image: string;
    readonly created: string;
    readonly manifest: Readonly<Record<string, unknown>>;
  };
  readonly RunningType: {
    readonly job_type: Schemas['JobTypeBase'];
    readonly count: number;
    readonly longest_running: string;
  };
  readonly SavedJobType: {
    readonly id: number;
    readonly name: string;
    readonly version: string;
    readonly title: string | null;
    readonly description: string | null;
    /** Of Font Awesome, for user interfaces. */
    readonly icon_code: string | null;
    readonly is_active: boolean;
    readonly is_paused: boolean;
    readonly is_published: boolean;
    readonly is_system: boolean;
    /** Of what the first of its queued jobs lacks, e.g. `cpus,mem`: in lists of jobs, of the queue and of job types, as it was at most a second ago; elsewhere null. What a job waits for stands in its `waiting_for`. */
    readonly unmet_resources: string | null;
    /** Jobs that may run at once. */
    readonly max_scheduled: number | null;
    /** Whether its jobs take what an earlier execution of the same identity made. */
    readonly reuse: boolean;
    readonly max_tries: number;
    readonly revision_num: number;
    readonly docker_image: string;
    readonly created: string;
    readonly deprecated: string | null;
    readonly paused: string | null;
    readonly last_modified: string;
    /** The Seed manifest, as its author wrote it. */
    readonly manifest: Readonly<Record<string, unknown>>;
    /** How its jobs run; the values of secrets are masked. */
    readonly configuration: Readonly<Record<string, unknown>>;
    /** Those that name it. */
    readonly recipe_types: readonly Schemas['DefinedRecipeType'][];
    readonly warnings: readonly Schemas['Finding'][];
  };
  readonly SavedRecipeType: {
    readonly id: number;
    readonly name: string;
    readonly title: string | null;
    readonly description: string | null;
    readonly revision_num: number;
    readonly is_active: boolean;
    readonly is_system: boolean;
    readonly created: string;
    readonly deprecated: string | null;
    readonly last_modified: string;
    /** With every default filled in, see docs/recipes.md. */
    readonly definition: Readonly<Record<string, unknown>>;
    readonly job_types: readonly Schemas['JobTypeDetails'][];
    readonly sub_recipe_types: readonly Schemas['DefinedRecipeType'][];
    /** Those that contain it. */
    readonly super_recipe_types: readonly Schemas['DefinedRecipeType'][];
    readonly warnings: readonly Schemas['Finding'][];
  };
  readonly Scan: {
    readonly id: number;
    readonly name: string;
    readonly title: string | null;
    readonly description: string | null;
    /** No job is behind it: the service itself does the work. */
    readonly job: null;
    /** No job is behind it: the service itself does the work. */
    readonly dry_run_job: null;
    /** Files that the last run found. */
    readonly file_count: number | null;
    readonly phase: 'dry_run' | 'ingest' | null;
    readonly status: 'QUEUED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELED' | null;
    readonly problem: string | null;
    readonly requested: string | null;
    readonly started: string | null;
    readonly ended: string | null;
    readonly created: string;
    readonly last_modified: string;
  };
  readonly ScanDetails: {
    readonly id: number;
    readonly name: string;
    readonly title: string | null;
    readonly description: string | null;
    /** No job is behind it: the service itself does the work. */
    readonly job: null;
    /** No job is behind it: the service itself does the work. */
    readonly dry_run_job: null;
    /** Files that the last run found. */
    readonly file_count: number | null;
    readonly phase: 'dry_run' | 'ingest' | null;
    readonly status: 'QUEUED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELED' | null;
    readonly problem: string | null;
    readonly requested: string | null;
    readonly started: string | null;
    readonly ended: string | null;
    readonly created: string;
    readonly last_modified: string;
    readonly configuration: Readonly<Record<string, unknown>>;
    /** Of the last dry run: what would become of the files. */
    readonly report: Readonly<Record<string, unknown>> | null;
    /** How many of its files stand where, by status. */
    readonly progress: Readonly<Record<string, number>>;
  };
  /** What changes a scan; members that are left out stay as they are. */
  readonly ScanPatchBody: {
    /** For people. */
    readonly title?: string | undefined;
    /** For people. */
    readonly description?: string | null | undefined;
    /** As `urn:seedbed:scan-configuration` says. */
    readonly configuration?: Readonly<Record<string, unknown>> | undefined;
  };
  /** Goes through a workspace once. */
  readonly ScanPostBody: {
    /** Unique; made from the title where it is left out. */
    readonly name?: string | undefined;
    /** For people. */
    readonly title: string;
    /** For people. */
    readonly description?: string | null | undefined;
    /** As `urn:seedbed:scan-configuration` says. */
    readonly configuration: Readonly<Record<string, unknown>>;
  };
  /** Whether a scan only reports, or ingests. */
  readonly ScanProcessBody: {
    /** true: files are ingested; false: a dry run. */
    readonly ingest?: boolean | undefined;
  };
  readonly Schedule: {
    readonly id: number;
    readonly name: string;
    readonly description: string | null;
    readonly cron: string;
    readonly timezone: string;
    readonly missed: 'skip' | 'once' | 'all';
    readonly target: Readonly<Record<string, unknown>>;
    readonly is_paused: boolean;
    /** When it is due, the next 5 times; none while it is paused. */
    readonly next: readonly string[];
    readonly created: string;
    readonly last_modified: string;
  };
  /** What changes a schedule; members that are left out stay as they are. */
  readonly SchedulePatchBody: {
    /** For people. */
    readonly description?: string | null | undefined;
    /** When: five fields (minute, hour, day of the month, month, day of the week), or `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`. */
    readonly cron?: string | undefined;
    /** In which the fields are read, by its IANA name, e.g. `Europe/Berlin`. */
    readonly timezone?: string | undefined;
    /** What becomes of times at which no service ran: none of them is made up for, one for all, or each. */
    readonly missed?: 'skip' | 'once' | 'all' | undefined;
    /** What is begun. */
    readonly target?:
      | {
          /** A run of a scan. */
          readonly scan?:
            | {
                /** Of the scan. */
                readonly name: string;
                /** false: a dry run. */
                readonly ingest?: boolean | undefined;
              }
            | undefined;
          /** A recipe, as `POST recipes/` begins it. */
          readonly recipe?:
            | {
                /** Of the recipe type. */
                readonly recipe_type_name: string;
                /** Which revision; left out, the newest at that time. */
                readonly revision_num?: number | undefined;
                /** Files and values by input. */
                readonly input: Readonly<Record<string, unknown>>;
                /** Of all its jobs, over that of their types. */
                readonly configuration?: Readonly<Record<string, unknown>> | undefined;
              }
            | undefined;
          /** A batch, as `POST batches/` makes it. */
          readonly batch?: Readonly<Record<string, unknown>> | undefined;
        }
      | undefined;
    /** true: nothing is begun. */
    readonly is_paused?: boolean | undefined;
  };
  /** What is begun again and again, and when. */
  readonly SchedulePostBody: {
    /** Unique. */
    readonly name: string;
    /** For people. */
    readonly description?: string | null | undefined;
    /** When: five fields (minute, hour, day of the month, month, day of the week), or `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`. */
    readonly cron: string;
    /** In which the fields are read, by its IANA name, e.g. `Europe/Berlin`. */
    readonly timezone?: string | undefined;
    /** What becomes of times at which no service ran: none of them is made up for, one for all, or each. */
    readonly missed?: 'skip' | 'once' | 'all' | undefined;
    /** What is begun. */
    readonly target: {
      /** A run of a scan. */
      readonly scan?:
        | {
            /** Of the scan. */
            readonly name: string;
            /** false: a dry run. */
            readonly ingest?: boolean | undefined;
          }
        | undefined;
      /** A recipe, as `POST recipes/` begins it. */
      readonly recipe?:
        | {
            /** Of the recipe type. */
            readonly recipe_type_name: string;
            /** Which revision; left out, the newest at that time. */
            readonly revision_num?: number | undefined;
            /** Files and values by input. */
            readonly input: Readonly<Record<string, unknown>>;
            /** Of all its jobs, over that of their types. */
            readonly configuration?: Readonly<Record<string, unknown>> | undefined;
          }
        | undefined;
      /** A batch, as `POST batches/` makes it. */
      readonly batch?: Readonly<Record<string, unknown>> | undefined;
    };
    /** true: nothing is begun. */
    readonly is_paused?: boolean | undefined;
  };
  readonly ScheduleRun: {
    readonly id: number;
    readonly due: string;
    readonly state: 'DUE' | 'DONE' | 'FAILED' | 'SKIPPED';
    readonly is_manual: boolean;
    /** Earlier times that it stands for, too; at most 99 are told. */
    readonly missed: number;
    readonly begun: Readonly<
      Record<
        string,
        {
          readonly id: number;
        }
      >
    > | null;
    readonly problem: string | null;
    readonly ended: string | null;
  };
  readonly Scheduler: {
    readonly is_paused: boolean;
    readonly queue_mode: 'FIFO' | 'LIFO';
    readonly num_message_handlers: number;
    readonly system_logging_level: string;
  };
  /** What changes the scheduler; members that are left out stay as they are. */
  readonly SchedulerPatchBody: {
    /** true: nothing new is started anywhere. */
    readonly is_paused?: boolean | undefined;
    /** Which of two jobs of the same priority comes first: the older, or the younger. */
    readonly queue_mode?: 'FIFO' | 'LIFO' | undefined;
    /** Kept for Scale's clients; there are no such processes here. */
    readonly num_message_handlers?: number | undefined;
    /** Kept for Scale's clients; SEED_LOG_LEVEL decides. */
    readonly system_logging_level?: 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL' | undefined;
  };
  readonly StandingJobType: {
    readonly id: number;
    readonly name: string;
    readonly version: string;
    readonly title: string | null;
    readonly description: string | null;
    /** Of Font Awesome, for user interfaces. */
    readonly icon_code: string | null;
    readonly is_active: boolean;
    readonly is_paused: boolean;
    readonly is_published: boolean;
    readonly is_system: boolean;
    /** Of what the first of its queued jobs lacks, e.g. `cpus,mem`: in lists of jobs, of the queue and of job types, as it was at most a second ago; elsewhere null. What a job waits for stands in its `waiting_for`. */
    readonly unmet_resources: string | null;
    /** Jobs that may run at once. */
    readonly max_scheduled: number | null;
    /** Whether its jobs take what an earlier execution of the same identity made. */
    readonly reuse: boolean;
    readonly max_tries: number;
    readonly revision_num: number;
    readonly docker_image: string;
    readonly created: string;
    readonly deprecated: string | null;
    readonly paused: string | null;
    readonly last_modified: string;
    /** The Seed manifest, as its author wrote it. */
    readonly manifest: Readonly<Record<string, unknown>>;
    /** How its jobs run; the values of secrets are masked. */
    readonly configuration: Readonly<Record<string, unknown>>;
  };
  readonly Status: {
    readonly timestamp: string;
    readonly dependencies: Readonly<
      Record<
        string,
        {
          readonly OK: boolean;
          readonly detail: {
            readonly msg: string;
          };
          readonly errors: readonly Readonly<Record<string, unknown>>[];
          readonly warnings: readonly Readonly<Record<string, unknown>>[];
        }
      >
    >;
    readonly scheduler: {
      /** Over the last minute. A job is one task here, and there are no offers. */
      readonly metrics: {
        readonly task_updates_per_sec: number;
        readonly new_offers_per_sec: number;
        readonly jobs_finished_per_sec: number;
        readonly jobs_launched_per_sec: number;
        readonly tasks_launched_per_sec: number;
        readonly offers_launched_per_sec: number;
        readonly tasks_finished_per_sec: number;
      };
      readonly hostname: string | null;
      readonly mesos: {
        readonly framework_id: string;
        readonly master_hostname: string;
        readonly master_port: number;
      };
      readonly state: {
        readonly name: string;
        readonly title: string;
        readonly description: string;
      };
      readonly warnings: readonly Readonly<Record<string, unknown>>[];
    };
    readonly system: {
      readonly database_update: {
        readonly is_completed: boolean;
        readonly completed: string;
      };
      readonly services: readonly {
        readonly name: string;
        readonly title: string;
        readonly description: string;
        readonly actual_count: number;
        readonly desired_count: number;
      }[];
    };
    readonly vault: {
      readonly status: string;
      readonly sealed: boolean;
      readonly message: string;
    };
    readonly num_offers: number;
    readonly resources: Readonly<Record<string, Readonly<Record<string, number>>>>;
    readonly job_types: readonly {
      readonly id: number;
      readonly name: string;
      readonly version: string;
      readonly title: string | null;
      readonly description: string | null;
      readonly is_system: boolean;
      readonly icon_code: string | null;
    }[];
    readonly nodes: readonly {
      readonly id: number;
      readonly hostname: string;
      readonly agent_id: string;
      readonly is_active: boolean;
      readonly state: {
        readonly name: string;
        readonly title: string;
        readonly description: string;
      };
      readonly errors: readonly Readonly<Record<string, unknown>>[];
      readonly warnings: readonly Readonly<Record<string, unknown>>[];
      readonly node_tasks: readonly Readonly<Record<string, unknown>>[];
      readonly system_tasks: readonly Readonly<Record<string, unknown>>[];
      readonly num_offers: number;
      readonly resources: Readonly<Record<string, Readonly<Record<string, number>>>>;
      /** What runs there, and what ended in the last three hours. */
      readonly job_executions: {
        readonly running: {
          readonly total: number;
          readonly by_job_type: readonly {
            readonly job_type_id: number;
            readonly count: number;
          }[];
        };
        readonly completed: {
          readonly total: number;
          readonly by_job_type: readonly {
            readonly job_type_id: number;
            readonly count: number;
          }[];
        };
        readonly failed: {
          readonly total: number;
          readonly data: {
            readonly total: number;
            readonly by_job_type: readonly {
              readonly job_type_id: number;
              readonly count: number;
            }[];
          };
          readonly algorithm: {
            readonly total: number;
            readonly by_job_type: readonly {
              readonly job_type_id: number;
              readonly count: number;
            }[];
          };
          readonly system: {
            readonly total: number;
            readonly by_job_type: readonly {
              readonly job_type_id: number;
              readonly count: number;
            }[];
          };
        };
      };
    }[];
  };
  readonly Strike: {
    readonly id: number;
    readonly name: string;
    readonly title: string | null;
    readonly description: string | null;
    /** No job is behind it: the service itself does the work. */
    readonly job: null;
    readonly is_active: boolean;
    readonly status: 'WATCHING' | 'STARTING' | 'FAILING' | 'INACTIVE';
    /** Why it can see nothing at present. */
    readonly problem: string | null;
    /** When it last looked. */
    readonly seen: string | null;
    readonly created: string;
    readonly last_modified: string;
  };
  readonly StrikeDetails: {
    readonly id: number;
    readonly name: string;
    readonly title: string | null;
    readonly description: string | null;
    /** No job is behind it: the service itself does the work. */
    readonly job: null;
    readonly is_active: boolean;
    readonly status: 'WATCHING' | 'STARTING' | 'FAILING' | 'INACTIVE';
    /** Why it can see nothing at present. */
    readonly problem: string | null;
    /** When it last looked. */
    readonly seen: string | null;
    readonly created: string;
    readonly last_modified: string;
    readonly configuration: Readonly<Record<string, unknown>>;
    /** How many of its files stand where, by status. */
    readonly progress: Readonly<Record<string, number>>;
  };
  /** What changes a strike; members that are left out stay as they are. */
  readonly StrikePatchBody: {
    /** For people. */
    readonly title?: string | undefined;
    /** For people. */
    readonly description?: string | null | undefined;
    /** false: it watches no longer. */
    readonly is_active?: boolean | undefined;
    /** As `urn:seedbed:strike-configuration` says. */
    readonly configuration?: Readonly<Record<string, unknown>> | undefined;
  };
  /** Watches a workspace and ingests what arrives there. */
  readonly StrikePostBody: {
    /** Unique; made from the title where it is left out. */
    readonly name?: string | undefined;
    /** For people. */
    readonly title: string;
    /** For people. */
    readonly description?: string | null | undefined;
    /** false: it watches no longer. */
    readonly is_active?: boolean | undefined;
    /** As `urn:seedbed:strike-configuration` says. */
    readonly configuration: Readonly<Record<string, unknown>>;
  };
  readonly SystemFailure: {
    readonly job_type: Schemas['JobTypeBase'];
    readonly error: Schemas['ErrorDetails'];
    readonly count: number;
    readonly first_error: string;
    readonly last_error: string;
  };
  readonly Task: {
    readonly id: number;
    readonly unique_id: string | null;
    readonly batch: {
      readonly id: number;
      readonly name: string | null;
    } | null;
    readonly state: 'STAGED' | 'CREATED' | 'REFUSED' | 'CANCELED';
    readonly job: {
      readonly id: number;
    } | null;
    readonly recipe: {
      readonly id: number;
    } | null;
    readonly input: {
      readonly files: Readonly<Record<string, readonly number[]>>;
      readonly json: Readonly<Record<string, unknown>>;
    };
    /** Why nothing could be made of it. */
    readonly error: {
      readonly errors: readonly Schemas['Finding'][];
    } | null;
    readonly created: string;
  };
  /** Many tasks, each of which is taken or refused by itself. */
  readonly TaskBulkPostBody: {
    /** Of those that name none. */
    readonly batch?: number | string | undefined;
    /** Each as for `POST tasks/`. */
    readonly tasks: readonly Readonly<Record<string, unknown>>[];
  };
  readonly TaskExists: {
    readonly type: string;
    readonly title: string;
    readonly status: 409;
    readonly detail: string;
    readonly code: string;
    readonly existing: Schemas['Task'];
    /** What was sent before is the same: nothing is to be done. */
    readonly same_payload: boolean;
  };
  /** One recipe or job that is to be run: in a batch as soon as that is finalized, by itself at once. */
  readonly TaskPostBody: {
    /** A batch that is STAGING; left out, the task is begun at once. */
    readonly batch?: number | string | undefined;
    /** No two tasks have the same: who is not sure whether it was sent may send it again. */
    readonly unique_id?: string | undefined;
    /** What is run; left out, it is that of the batch. */
    readonly recipe_type?:
      | {
          readonly name: string;
          readonly revision_num?: number | undefined;
        }
      | undefined;
    /** What is run, instead. */
    readonly job_type?:
      | {
          readonly name: string;
          readonly version: string;
        }
      | undefined;
    /** Files and values by input: `{"files": {"SCENE": [{"sha256": "..."}]}, "json": {}}`. */
    readonly input: {
      readonly version?: '6' | '7' | undefined;
      readonly files?:
        | Readonly<
            Record<
              string,
              readonly (
                | number
                | {
                    readonly id?: number | undefined;
                    readonly workspace?: string | undefined;
                    readonly path?: string | undefined;
                    readonly sha256?: string | undefined;
                    readonly url?: string | undefined;
                    readonly file_name?: string | undefined;
                  }
              )[]
            >
          >
        | undefined;
      readonly json?: Readonly<Record<string, unknown>> | undefined;
    };
    /** Of its jobs, over that of their types; without secrets. */
    readonly configuration?: Readonly<Record<string, unknown>> | undefined;
    /** Over that of the configuration and of the batch; lower ones come first. */
    readonly priority?: number | undefined;
  };
  readonly Token: {
    readonly id: number;
    readonly name: string;
    readonly user_id: number;
    readonly username: string;
    readonly role: 'viewer' | 'operator' | 'admin';
    /** Made by a login. */
    readonly is_login: boolean;
    readonly created: string;
    readonly expires: string | null;
    readonly last_used: string | null;
    readonly revoked: string | null;
  };
  /** A token for programs. */
  readonly TokenPostBody: {
    /** What it is for. */
    readonly name: string;
    /** Whose it is; left out: of whoever asks. For others it takes the role admin. */
    readonly user_id?: number | undefined;
    /** What it may at most; left out: all that its user may. */
    readonly role?: 'viewer' | 'operator' | 'admin' | undefined;
    /** From when on it is refused; null or left out: never. */
    readonly expires?: string | null | undefined;
  };
  readonly TriedMembers:
    | readonly {
        readonly version: string;
        readonly files: Readonly<Record<string, readonly number[]>>;
        readonly json: Readonly<Record<string, unknown>>;
      }[]
    | {
        readonly count: number;
        /** The first 10. */
        readonly examples: readonly {
          readonly version: string;
          readonly files: Readonly<Record<string, readonly number[]>>;
          readonly json: Readonly<Record<string, unknown>>;
        }[];
      }
    | {
        readonly 'No Results': string;
      };
  readonly Unready: {
    readonly status: 'unavailable';
    readonly failed: readonly ('stopping' | 'database' | 'migrations' | 'runtime')[];
  };
  readonly Upload: {
    readonly id: string;
    readonly name: string;
    /** Bytes that have arrived. */
    readonly offset: number;
    readonly length: number | null;
    readonly file_id: number | null;
  };
  readonly User: {
    /** 0: no user, but the first token of the service. */
    readonly id: number;
    readonly username: string;
    readonly first_name: string;
    readonly last_name: string;
    readonly email: string;
    readonly is_staff: boolean;
    readonly is_superuser: boolean;
    readonly is_active: boolean;
    readonly role: 'viewer' | 'operator' | 'admin';
    readonly has_password: boolean;
    readonly last_login: string | null;
    readonly date_joined: string | null;
  };
  /** Somebody who may use the service. */
  readonly UserBody: {
    /** The name, whose case does not matter. */
    readonly username: string;
    /** Never shown again; null or left out in a new user: no login by password, tokens only. */
    readonly password?: string | null | undefined;
    /** viewer reads; operator runs jobs and changes job types; admin does everything. */
    readonly role?: 'viewer' | 'operator' | 'admin' | undefined;
    /** Scale's word: true is the role admin, false any other. */
    readonly is_staff?: boolean | undefined;
    /** The same. */
    readonly is_superuser?: boolean | undefined;
    /** false: neither the password nor any token is taken. */
    readonly is_active?: boolean | undefined;
    /** Where people write to. */
    readonly email?: string | undefined;
    /** For people. */
    readonly first_name?: string | undefined;
    /** For people. */
    readonly last_name?: string | undefined;
  };
  /** What changes a user; members that are left out stay as they are. */
  readonly UserPatchBody: {
    /** The name, whose case does not matter. */
    readonly username?: string | undefined;
    /** Never shown again; null or left out in a new user: no login by password, tokens only. */
    readonly password?: string | null | undefined;
    /** viewer reads; operator runs jobs and changes job types; admin does everything. */
    readonly role?: 'viewer' | 'operator' | 'admin' | undefined;
    /** Scale's word: true is the role admin, false any other. */
    readonly is_staff?: boolean | undefined;
    /** The same. */
    readonly is_superuser?: boolean | undefined;
    /** false: neither the password nor any token is taken. */
    readonly is_active?: boolean | undefined;
    /** Where people write to. */
    readonly email?: string | undefined;
    /** For people. */
    readonly first_name?: string | undefined;
    /** For people. */
    readonly last_name?: string | undefined;
  };
  readonly Version: {
    readonly version: string;
    /** Of its database. */
    readonly installation: string;
  };
  readonly WaitReason: {
    readonly name: string;
    readonly title: string;
    readonly description: string;
  };
  readonly Webhook: {
    readonly id: number;
    readonly url: string;
    readonly description: string | null;
    readonly events: readonly string[];
    readonly job_type_ids: readonly number[];
    readonly job_type_names: readonly string[];
    readonly is_active: boolean;
    readonly created_by: string;
    readonly created: string;
    readonly last_modified: string;
  };
  readonly WebhookDelivery: {
    readonly id: number;
    /** The header webhook-id, the same at every attempt. */
    readonly message_id: string;
    readonly event: string;
    readonly job_id: number | null;
    readonly state: 'PENDING' | 'DELIVERED' | 'DEAD';
    readonly attempts: number;
    readonly next_attempt: string | null;
    readonly created: string;
    readonly ended: string | null;
    readonly log: readonly {
      readonly attempt: number;
      readonly at: string;
      readonly status: number | null;
      /** How long it took, milliseconds. */
      readonly ms: number;
      readonly error: string | null;
      /** The beginning of the answer. */
      readonly response: string | null;
    }[];
  };
  /** What changes a webhook; members that are left out stay as they are. */
  readonly WebhookPatchBody: {
    /** Where messages are posted to. */
    readonly url?: string | undefined;
    /** What messages are signed with. Kept encrypted, and never shown. */
    readonly secret?: string | undefined;
    /** For people. */
    readonly description?: string | null | undefined;
    /** Which ends of jobs are told. */
    readonly events?: readonly ('job.completed' | 'job.failed' | 'job.canceled')[] | undefined;
    /** Jobs of these job types only, or of those of job_type_names; both empty: of all. */
    readonly job_type_ids?: readonly number[] | undefined;
    /** Jobs of the job types of these names, in whatever version. */
    readonly job_type_names?: readonly string[] | undefined;
    /** false: it is told nothing, also of what ends meanwhile. */
    readonly is_active?: boolean | undefined;
  };
  /** Somebody who is told when jobs end. */
  readonly WebhookPostBody: {
    /** Where messages are posted to. */
    readonly url: string;
    /** What messages are signed with. Kept encrypted, and never shown. */
    readonly secret: string;
    /** For people. */
    readonly description?: string | null | undefined;
    /** Which ends of jobs are told. */
    readonly events: readonly ('job.completed' | 'job.failed' | 'job.canceled')[];
    /** Jobs of these job types only, or of those of job_type_names; both empty: of all. */
    readonly job_type_ids?: readonly number[] | undefined;
    /** Jobs of the job types of these names, in whatever version. */
    readonly job_type_names?: readonly string[] | undefined;
    /** false: it is told nothing, also of what ends meanwhile. */
    readonly is_active?: boolean | undefined;
  };
  readonly WebhookTest: {
    readonly delivery_id: number;
  };
  readonly Why: {
    readonly job_id: number;
    readonly status: 'PENDING' | 'BLOCKED' | 'QUEUED' | 'RUNNING' | 'FAILED' | 'COMPLETED' | 'CANCELED';
    readonly waiting_for: readonly Schemas['WaitReason'][];
  };
  readonly Workspace: {
    readonly id: number;
    readonly name: string;
    readonly title: string | null;
    readonly description: string | null;
    readonly base_url: string | null;
    readonly is_active: boolean;
    readonly created: string;
    readonly deprecated: string | null;
    readonly last_modified: string;
  };
  readonly WorkspaceDetails: {
    readonly id: number;
    readonly name: string;
    readonly title: string | null;
    readonly description: string | null;
    readonly base_url: string | null;
    readonly is_active: boolean;
    readonly created: string;
    readonly deprecated: string | null;
    readonly last_modified: string;
    readonly configuration: {
      readonly version?: string;
      readonly broker: {
        /** `host`: a directory of this machine; `nfs`: one that is mounted; `s3`: a bucket. */
        readonly type: string;
        readonly host_path?: string;
      };
    };
  };
  /** What changes a workspace; members that are left out stay as they are. */
  readonly WorkspacePatchBody: {
    /** For people. */
    readonly title?: string | undefined;
    /** For people. */
    readonly description?: string | null | undefined;
    /** Where others reach its files: the addresses of files begin with it. */
    readonly base_url?: string | null | undefined;
    /** false: nothing new is written there. */
    readonly is_active?: boolean | undefined;
    /** `{version, broker: {type: "host", host_path}}`, or a broker of type `nfs` or `s3`: where its files are. */
    readonly configuration?: Readonly<Record<string, unknown>> | undefined;
  };
  /** A place where files are kept. */
  readonly WorkspacePostBody: {
    /** What configurations call it; made from the title where it is left out. */
    readonly name?: string | undefined;
    /** For people. */
    readonly title: string;
    /** For people. */
    readonly description?: string | null | undefined;
    /** Where others reach its files: the addresses of files begin with it. */
    readonly base_url?: string | null | undefined;
    /** false: nothing new is written there. */
    readonly is_active?: boolean | undefined;
    /** `{version, broker: {type: "host", host_path}}`, or a broker of type `nfs` or `s3`: where its files are. */
    readonly configuration: Readonly<Record<string, unknown>>;
  };
}

type None = Record<never, never>;
/** What may be given several times. */
type OneOrMore<Value> = Value | readonly Value[];
/** A page of a list. */
interface ListPage<Row> {
  /** Rows on all pages. */
  readonly count: number;
  /** There are too many rows to count them each time: `count` is about right. */
  readonly count_is_estimate?: true;
  /** Address of the next page. */
  readonly next: string | null;
  /** Address of the page before. */
  readonly previous: string | null;
  readonly results: readonly Row[];
}

/** What can be asked: the parts of the address, the query and the body that it takes, and what it is answered with. */
export interface Operations {
  /** Ask whether the service answers. */
  readonly 'GET /livez': {
    readonly path: None;
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['Ready'];
  };
  /** Ask whether the service can work. */
  readonly 'GET /readyz': {
    readonly path: None;
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['Ready'];
  };
  /** Log in. */
  readonly 'POST /api-token-auth': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['LoginBody'];
    readonly answer: Schemas['Login'];
  };
  /** Fetch the file that a link leads to. */
  readonly 'GET /links/{token}': {
    readonly path: { readonly token: string };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Response;
  };
  /** Describe everything that the service answers. */
  readonly 'GET /openapi.json': {
    readonly path: None;
    readonly query: None;
    readonly body: undefined;
    readonly answer: Readonly<Record<string, unknown>>;
  };
  /** Describe it for people. */
  readonly 'GET /docs': {
    readonly path: None;
    readonly query: None;
    readonly body: undefined;
    readonly answer: Response;
  };
  /** Count jobs by type and status. */
  readonly 'GET /job-types/status': {
    readonly path: None;
    readonly query: {
      /** The earliest: when the status of a job changed last. */
      readonly started?: string | undefined;
      /** The latest: when the status of a job changed last. */
      readonly ended?: string | undefined;
      /** Only job types that are active, or that are not. */
      readonly is_active?: boolean | undefined;
      /** Of Scale 5: every job type is operational here. */
      readonly is_operational?: boolean | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['JobTypeStatus']>;
  };
  /** Count pending jobs by type. */
  readonly 'GET /job-types/pending': {
    readonly path: None;
    readonly query: {
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['PendingType']>;
  };
  /** Count running jobs by type. */
  readonly 'GET /job-types/running': {
    readonly path: None;
    readonly query: {
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['RunningType']>;
  };
  /** Count failed jobs that the machinery is to blame for. */
  readonly 'GET /job-types/system-failures': {
    readonly path: None;
    readonly query: {
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['SystemFailure']>;
  };
  /** List the names of job types. */
  readonly 'GET /job-type-names': {
    readonly path: None;
    readonly query: {
      /** A part of name, title, description or tags. May be given several times. */
      readonly keyword?: OneOrMore<string> | undefined;
      /** Id of a job type. May be given several times. */
      readonly id?: OneOrMore<number> | undefined;
      /** Whether it takes new jobs. */
      readonly is_active?: boolean | undefined;
      /** Whether it belongs to the system itself. */
      readonly is_system?: boolean | undefined;
      /** Of Scale 5: every job type is operational here. */
      readonly is_operational?: boolean | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['JobTypeName']>;
  };
  /** List job types. */
  readonly 'GET /job-types': {
    readonly path: None;
    readonly query: {
      /** A part of name, title, description or tags. May be given several times. */
      readonly keyword?: OneOrMore<string> | undefined;
      /** Id of a job type. May be given several times. */
      readonly id?: OneOrMore<number> | undefined;
      /** Whether it takes new jobs. */
      readonly is_active?: boolean | undefined;
      /** Whether it belongs to the system itself. */
      readonly is_system?: boolean | undefined;
      /** Of Scale 5: every job type is operational here. */
      readonly is_operational?: boolean | undefined;
      /** By which members it is sorted; `-` before one reverses it. May be given several times. */
      readonly order?:
        | OneOrMore<
            | 'id'
            | '-id'
            | 'name'
            | '-name'
            | 'version'
            | '-version'
            | 'title'
            | '-title'
            | 'description'
            | '-description'
            | 'is_active'
            | '-is_active'
            | 'is_paused'
            | '-is_paused'
            | 'is_published'
            | '-is_published'
            | 'is_system'
            | '-is_system'
            | 'max_scheduled'
            | '-max_scheduled'
            | 'revision_num'
            | '-revision_num'
            | 'created'
            | '-created'
            | 'deprecated'
            | '-deprecated'
            | 'paused'
            | '-paused'
            | 'last_modified'
            | '-last_modified'
          >
        | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['JobType']>;
  };
  /** Register a job type. */
  readonly 'POST /job-types': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['JobTypePostBody'];
    readonly answer: Schemas['SavedJobType'];
  };
  /** Judge a job type. */
  readonly 'POST /job-types/validation': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['JobTypeValidationPostBody'];
    readonly answer: Schemas['Judgement'];
  };
  /** List the versions of a job type. */
  readonly 'GET /job-types/{name}': {
    readonly path: { readonly name: string };
    readonly query: {
      /** Whether it takes new jobs. */
      readonly is_active?: boolean | undefined;
      /** By which members it is sorted; `-` before one reverses it. May be given several times. */
      readonly order?:
        | OneOrMore<
            | 'id'
            | '-id'
            | 'name'
            | '-name'
            | 'version'
            | '-version'
            | 'title'
            | '-title'
            | 'description'
            | '-description'
            | 'is_active'
            | '-is_active'
            | 'is_paused'
            | '-is_paused'
            | 'is_published'
            | '-is_published'
            | 'is_system'
            | '-is_system'
            | 'max_scheduled'
            | '-max_scheduled'
            | 'revision_num'
            | '-revision_num'
            | 'created'
            | '-created'
            | 'deprecated'
            | '-deprecated'
            | 'paused'
            | '-paused'
            | 'last_modified'
            | '-last_modified'
          >
        | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['JobType']>;
  };
  /** Show a version of a job type. */
  readonly 'GET /job-types/{name}/{version}': {
    readonly path: { readonly name: string; readonly version: string };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['JobTypeDetails'];
  };
  /** Change a version of a job type. */
  readonly 'PATCH /job-types/{name}/{version}': {
    readonly path: { readonly name: string; readonly version: string };
    readonly query: None;
    readonly body: Schemas['JobTypePatchBody'];
    readonly answer: Schemas['Judgement'];
  };
  /** List the revisions of a job type. */
  readonly 'GET /job-types/{name}/{version}/revisions': {
    readonly path: { readonly name: string; readonly version: string };
    readonly query: {
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['Revision']>;
  };
  /** Show a revision of a job type. */
  readonly 'GET /job-types/{name}/{version}/revisions/{revision}': {
    readonly path: { readonly name: string; readonly version: string; readonly revision: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['RevisionDetails'];
  };
  /** List errors. */
  readonly 'GET /errors': {
    readonly path: None;
    readonly query: {
      /** The earliest: when the error was last modified. */
      readonly started?: string | undefined;
      /** The latest: when the error was last modified. */
      readonly ended?: string | undefined;
      /** Only Seedbed's own, or only those of manifests. */
      readonly is_builtin?: boolean | undefined;
      /** Of the manifests of job types with this name. May be given several times. */
      readonly job_type_name?: OneOrMore<string> | undefined;
      /** Name of the error. May be given several times. */
      readonly name?: OneOrMore<string> | undefined;
      /** Whose fault it is. May be given several times. */
      readonly category?: OneOrMore<'SYSTEM' | 'DATA' | 'ALGORITHM'> | undefined;
      /** By which members it is sorted; `-` before one reverses it. May be given several times. */
      readonly order?:
        | OneOrMore<
            | 'id'
            | '-id'
            | 'name'
            | '-name'
            | 'title'
            | '-title'
            | 'job_type_name'
            | '-job_type_name'
            | 'category'
            | '-category'
            | 'is_builtin'
            | '-is_builtin'
            | 'created'
            | '-created'
            | 'last_modified'
            | '-last_modified'
          >
        | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['ErrorDetails']>;
  };
  /** Make an error. */
  readonly 'POST /errors': {
    readonly path: None;
    readonly query: None;
    readonly body: undefined;
    readonly answer: never;
  };
  /** Show an error. */
  readonly 'GET /errors/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['ErrorDetails'];
  };
  /** Change an error. */
  readonly 'PATCH /errors/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: never;
  };
  /** Queue jobs that do nothing for 15 minutes. */
  readonly 'POST /diagnostics/job/bake': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['DiagnosticPostBody'];
    readonly answer: Schemas['QueuedDiagnostics'];
  };
  /** Queue jobs that say hello. */
  readonly 'POST /diagnostics/job/hello': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['DiagnosticPostBody'];
    readonly answer: Schemas['QueuedDiagnostics'];
  };
  /** Queue jobs that complete or fail by chance. */
  readonly 'POST /diagnostics/job/roulette': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['DiagnosticPostBody'];
    readonly answer: Schemas['QueuedDiagnostics'];
  };
  /** Queue jobs that count on stdout and stderr. */
  readonly 'POST /diagnostics/job/count': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['DiagnosticPostBody'];
    readonly answer: Schemas['QueuedDiagnostics'];
  };
  /** Begin recipes that say hello where a job before does not fail by chance. */
  readonly 'POST /diagnostics/recipe/casino': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['RecipeDiagnosticPostBody'];
    readonly answer: Schemas['QueuedRecipes'];
  };
  /** Cancel jobs. */
  readonly 'POST /jobs/cancel': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['JobCancelBody'];
    readonly answer: Schemas['Action'];
  };
  /** Queue jobs again. */
  readonly 'POST /jobs/requeue': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['JobRequeueBody'];
    readonly answer: Schemas['Action'];
  };
  /** List jobs. */
  readonly 'GET /jobs': {
    readonly path: None;
    readonly query: {
      /** The earliest: when the job was last modified. */
      readonly started?: string | undefined;
      /** The latest: when the job was last modified. */
      readonly ended?: string | undefined;
      /** Whose fault it is. May be given several times. */
      readonly error_category?: OneOrMore<'SYSTEM' | 'DATA' | 'ALGORITHM'> | undefined;
      /** Id of an error; of the own ones the number of the code, 2004 of SB2004. May be given several times. */
      readonly error_id?: OneOrMore<number> | undefined;
      /** The data of an input file was collected not before then. */
      readonly source_started?: string | undefined;
      /** The data of an input file was collected not after then. */
      readonly source_ended?: string | undefined;
      /** Class of the sensor that collected the data. May be given several times. */
      readonly source_sensor_class?: OneOrMore<string> | undefined;
      /** Sensor that collected the data. May be given several times. */
      readonly source_sensor?: OneOrMore<string> | undefined;
      /** Collection of the data. May be given several times. */
      readonly source_collection?: OneOrMore<string> | undefined;
      /** Task for which the data was collected. May be given several times. */
      readonly source_task?: OneOrMore<string> | undefined;
      /** Where it stands. May be given several times. */
      readonly status?:
        | OneOrMore<'PENDING' | 'BLOCKED' | 'QUEUED' | 'RUNNING' | 'FAILED' | 'COMPLETED' | 'CANCELED'>
        | undefined;
      /** Id of a job. May be given several times. */
      readonly job_id?: OneOrMore<number> | undefined;
      /** Job type. May be given several times. */
      readonly job_type_id?: OneOrMore<number> | undefined;
      /** Name of its job type. May be given several times. */
      readonly job_type_name?: OneOrMore<string> | undefined;
      /** Batch that it is of. May be given several times. */
      readonly batch_id?: OneOrMore<number> | undefined;
      /** Recipe that it is of. May be given several times. */
      readonly recipe_id?: OneOrMore<number> | undefined;
      /** Recipe that it is of, or a sub-recipe of which. May be given several times. */
      readonly root_recipe_id?: OneOrMore<number> | undefined;
      /** Whether another job has taken its place. */
      readonly is_superseded?: boolean | undefined;
      /** By which members it is sorted; `-` before one reverses it. May be given several times. */
      readonly order?:
        | OneOrMore<
            | 'id'
            | '-id'
            | 'status'
            | '-status'
            | 'priority'
            | '-priority'
            | 'num_exes'
            | '-num_exes'
            | 'created'
            | '-created'
            | 'queued'
            | '-queued'
            | 'started'
            | '-started'
            | 'ended'
            | '-ended'
            | 'last_status_change'
            | '-last_status_change'
            | 'last_modified'
            | '-last_modified'
            | 'job_type'
            | '-job_type'
            | 'recipe'
            | '-recipe'
            | 'error'
            | '-error'
            | 'error__name'
            | '-error__name'
            | 'error__category'
            | '-error__category'
            | 'error__title'
            | '-error__title'
            | 'job_type__name'
            | '-job_type__name'
            | 'job_type__version'
            | '-job_type__version'
            | 'job_type__title'
            | '-job_type__title'
          >
        | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
      /** Instead of `page`: the rows after a place. Empty it begins; then `next` carries the one to go on with. Rows that are added meanwhile are neither missed nor seen twice. */
      readonly cursor?: string | undefined;
      /** Beyond 10,000 rows `count` is an estimate, which `count_is_estimate` says. `exact` counts them all, which takes 0.3 s for a million. */
      readonly count?: 'exact' | 'estimate' | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['Job']>;
  };
  /** Queue a job. */
  readonly 'POST /jobs': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['JobPostBody'];
    readonly answer: Schemas['AcceptedJob'];
  };
  /** Show a job. */
  readonly 'GET /jobs/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['JobDetails'];
  };
  /** Say why a job waits. */
  readonly 'GET /jobs/{id}/why': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['Why'];
  };
  /** Say why a job ran, and was not reused. */
  readonly 'GET /jobs/{id}/explain': {
    readonly path: { readonly id: number };
    readonly query: {
      /** Id of a job to compare it with. */
      readonly against?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: Schemas['Explanation'];
  };
  /** List the executions of a job. */
  readonly 'GET /jobs/{id}/executions': {
    readonly path: { readonly id: number };
    readonly query: {
      /** Where it stands. May be given several times. */
      readonly status?:
        | OneOrMore<'PENDING' | 'BLOCKED' | 'QUEUED' | 'RUNNING' | 'FAILED' | 'COMPLETED' | 'CANCELED'>
        | undefined;
      /** Node that it ran on. May be given several times. */
      readonly node_id?: OneOrMore<number> | undefined;
      /** Whose fault it is. May be given several times. */
      readonly error_category?: OneOrMore<'SYSTEM' | 'DATA' | 'ALGORITHM'> | undefined;
      /** Id of an error; of the own ones the number of the code, 2004 of SB2004. May be given several times. */
      readonly error_id?: OneOrMore<number> | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
      /** Instead of `page`: the rows after a place. Empty it begins; then `next` carries the one to go on with. Rows that are added meanwhile are neither missed nor seen twice. */
      readonly cursor?: string | undefined;
      /** Beyond 10,000 rows `count` is an estimate, which `count_is_estimate` says. `exact` counts them all, which takes 0.3 s for a million. */
      readonly count?: 'exact' | 'estimate' | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['Execution']>;
  };
  /** Show an execution of a job. */
  readonly 'GET /jobs/{id}/executions/{num}': {
    readonly path: { readonly id: number; readonly num: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['ExecutionDetails'];
  };
  /** List the input files of a job. */
  readonly 'GET /jobs/{id}/input_files': {
    readonly path: { readonly id: number };
    readonly query: {
      /** The earliest: see time_field. */
      readonly started?: string | undefined;
      /** The latest: see time_field. */
      readonly ended?: string | undefined;
      /** What started and ended are about; last_modified without it. */
      readonly time_field?: 'last_modified' | 'data' | 'source' | undefined;
      /** Name, without directories. */
      readonly file_name?: string | undefined;
      /** Name of the input. */
      readonly job_input?: string | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
      /** Instead of `page`: the rows after a place. Empty it begins; then `next` carries the one to go on with. Rows that are added meanwhile are neither missed nor seen twice. */
      readonly cursor?: string | undefined;
      /** Beyond 10,000 rows `count` is an estimate, which `count_is_estimate` says. `exact` counts them all, which takes 0.3 s for a million. */
      readonly count?: 'exact' | 'estimate' | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['FileDetails']>;
  };
  /** List executions of all jobs. */
  readonly 'GET /job-executions': {
    readonly path: None;
    readonly query: {
      /** The earliest: when the execution started. */
      readonly started?: string | undefined;
      /** The latest: when the execution started. */
      readonly ended?: string | undefined;
      /** Where it stands. May be given several times. */
      readonly status?:
        | OneOrMore<'PENDING' | 'BLOCKED' | 'QUEUED' | 'RUNNING' | 'FAILED' | 'COMPLETED' | 'CANCELED'>
        | undefined;
      /** Id of an execution. May be given several times. */
      readonly id?: OneOrMore<number> | undefined;
      /** Of these jobs. May be given several times. */
      readonly job_id?: OneOrMore<number> | undefined;
      /** Of jobs of these types. May be given several times. */
      readonly job_type_id?: OneOrMore<number> | undefined;
      /** Of jobs of types of these names. May be given several times. */
      readonly job_type_name?: OneOrMore<string> | undefined;
      /** Node that it ran on. May be given several times. */
      readonly node_id?: OneOrMore<number> | undefined;
      /** Whose fault it is. May be given several times. */
      readonly error_category?: OneOrMore<'SYSTEM' | 'DATA' | 'ALGORITHM'> | undefined;
      /** Id of an error; of the own ones the number of the code, 2004 of SB2004. May be given several times. */
      readonly error_id?: OneOrMore<number> | undefined;
      /** By which members it is sorted; `-` before one reverses it. May be given several times. */
      readonly order?:
        | OneOrMore<'id' | '-id' | 'created' | '-created' | 'started' | '-started' | 'job_id' | '-job_id'>
        | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['Execution']>;
  };
  /** Show an execution. */
  readonly 'GET /job-executions/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['ExecutionDetails'];
  };
  /** Read the output of an execution. */
  readonly 'GET /job-executions/{id}/logs/{name}': {
    readonly path: { readonly id: number; readonly name: string };
    readonly query: {
      /** Only lines not before then. */
      readonly started?: string | undefined;
      /** How lines are written; without it, what the header Accept prefers. */
      readonly format?: 'json' | 'txt' | 'html' | undefined;
    };
    readonly body: undefined;
    readonly answer: readonly Schemas['LogEntry'][] | Response | undefined;
  };
  /** Follow the output of an execution. */
  readonly 'GET /job-executions/{id}/logs/{name}/live': {
    readonly path: { readonly id: number; readonly name: string };
    readonly query: {
      /** Offset in the log from which on it is sent. */
      readonly from?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: Response | undefined;
  };
  /** Show how many jobs stood where, over time. */
  readonly 'GET /load': {
    readonly path: None;
    readonly query: {
      /** The earliest: points of the answer. */
      readonly started?: string | undefined;
      /** The latest: points of the answer. */
      readonly ended?: string | undefined;
      /** Job type. May be given several times. */
      readonly job_type_id?: OneOrMore<number> | undefined;
      /** Name of a job type. May be given several times. */
      readonly job_type_name?: OneOrMore<string> | undefined;
      /** Priority of the jobs. May be given several times. */
      readonly job_type_priority?: OneOrMore<number> | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['LoadPoint']>;
  };
  /** Show what waits, by job type. */
  readonly 'GET /queue/status': {
    readonly path: None;
    readonly query: {
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['QueuedType']>;
  };
  /** List what is measured. */
  readonly 'GET /metrics': {
    readonly path: None;
    readonly query: {
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['MetricsType']>;
  };
  /** Show what is measured of one kind of thing. */
  readonly 'GET /metrics/{name}': {
    readonly path: { readonly name: string };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['MetricsTypeDetails'];
  };
  /** Plot what was measured, day by day. */
  readonly 'GET /metrics/{name}/plot-data': {
    readonly path: { readonly name: string };
    readonly query: {
      /** The earliest: the day. */
      readonly started?: string | undefined;
      /** The latest: the day. */
      readonly ended?: string | undefined;
      /** Id of one of the choices. May be given several times. */
      readonly choice_id?: OneOrMore<number> | undefined;
      /** Name of a column. May be given several times. */
      readonly column?: OneOrMore<string> | undefined;
      /** Name of a group: all of its columns. May be given several times. */
      readonly group?: OneOrMore<string> | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['Plot']>;
  };
  /** Count completed jobs by type and day. */
  readonly 'GET /timeline/job-types': {
    readonly path: None;
    readonly query: {
      /** The earliest: the day, of which all counts. */
      readonly started?: string | undefined;
      /** The latest: the day, of which all counts. */
      readonly ended?: string | undefined;
      /** Id of a job type. May be given several times. */
      readonly id?: OneOrMore<number> | undefined;
      /** Name of job types. May be given several times. */
      readonly name?: OneOrMore<string> | undefined;
      /** Version of job types. May be given several times. */
      readonly version?: OneOrMore<string> | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['JobTypeTimeline']>;
  };
  /** Count completed recipes by type and day. */
  readonly 'GET /timeline/recipe-types': {
    readonly path: None;
    readonly query: {
      /** The earliest: the day, of which all counts. */
      readonly started?: string | undefined;
      /** The latest: the day, of which all counts. */
      readonly ended?: string | undefined;
      /** Id of a recipe type. May be given several times. */
      readonly id?: OneOrMore<number> | undefined;
      /** Name of recipe types. May be given several times. */
      readonly name?: OneOrMore<string> | undefined;
      /** Revision that the recipes are of. May be given several times. */
      readonly rev?: OneOrMore<number> | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['RecipeTypeTimeline']>;
  };
  /** List nodes. */
  readonly 'GET /nodes': {
    readonly path: None;
    readonly query: {
      /** The earliest: when the node was last modified. */
      readonly started?: string | undefined;
      /** The latest: when the node was last modified. */
      readonly ended?: string | undefined;
      /** Also those that were taken out of use. */
      readonly include_inactive?: boolean | undefined;
      /** By which members it is sorted; `-` before one reverses it. May be given several times. */
      readonly order?:
        | OneOrMore<
            | 'id'
            | '-id'
            | 'hostname'
            | '-hostname'
            | 'name'
            | '-name'
            | 'created'
            | '-created'
            | 'last_modified'
            | '-last_modified'
          >
        | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
      /** Instead of `page`: the rows after a place. Empty it begins; then `next` carries the one to go on with. Rows that are added meanwhile are neither missed nor seen twice. */
      readonly cursor?: string | undefined;
      /** Beyond 10,000 rows `count` is an estimate, which `count_is_estimate` says. `exact` counts them all, which takes 0.3 s for a million. */
      readonly count?: 'exact' | 'estimate' | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['Node']>;
  };
  /** Show a node. */
  readonly 'GET /nodes/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['Node'];
  };
  /** Pause a node, or take it out of use. */
  readonly 'PATCH /nodes/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: Schemas['NodePatchBody'];
    readonly answer: undefined;
  };
  /** Show the version of the service. */
  readonly 'GET /version': {
    readonly path: None;
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['Version'];
  };
  /** Show how the service and its nodes are. */
  readonly 'GET /status': {
    readonly path: None;
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['Status'];
  };
  /** Show the settings of the scheduler. */
  readonly 'GET /scheduler': {
    readonly path: None;
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['Scheduler'];
  };
  /** Pause the scheduler, or change its settings. */
  readonly 'PATCH /scheduler': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['SchedulerPatchBody'];
    readonly answer: undefined;
  };
  /** Show what waiting and running jobs need together. */
  readonly 'GET /scheduler/queued-resources': {
    readonly path: None;
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['QueuedResources'];
  };
  /** List workspaces. */
  readonly 'GET /workspaces': {
    readonly path: None;
    readonly query: {
      /** The earliest: when the workspace was last modified. */
      readonly started?: string | undefined;
      /** The latest: when the workspace was last modified. */
      readonly ended?: string | undefined;
      /** Only workspaces of these names. May be given several times. */
      readonly name?: OneOrMore<string> | undefined;
      /** By which members it is sorted; `-` before one reverses it. May be given several times. */
      readonly order?:
        | OneOrMore<
            | 'id'
            | '-id'
            | 'name'
            | '-name'
            | 'title'
            | '-title'
            | 'description'
            | '-description'
            | 'base_url'
            | '-base_url'
            | 'is_active'
            | '-is_active'
            | 'created'
            | '-created'
            | 'deprecated'
            | '-deprecated'
            | 'last_modified'
            | '-last_modified'
          >
        | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
      /** Instead of `page`: the rows after a place. Empty it begins; then `next` carries the one to go on with. Rows that are added meanwhile are neither missed nor seen twice. */
      readonly cursor?: string | undefined;
      /** Beyond 10,000 rows `count` is an estimate, which `count_is_estimate` says. `exact` counts them all, which takes 0.3 s for a million. */
      readonly count?: 'exact' | 'estimate' | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['Workspace']>;
  };
  /** Make a workspace. */
  readonly 'POST /workspaces': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['WorkspacePostBody'];
    readonly answer: Schemas['WorkspaceDetails'];
  };
  /** Judge a workspace without making it. */
  readonly 'POST /workspaces/validation': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['WorkspacePostBody'];
    readonly answer: Schemas['Judgement'];
  };
  /** Show a workspace. */
  readonly 'GET /workspaces/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['WorkspaceDetails'];
  };
  /** Change a workspace. */
  readonly 'PATCH /workspaces/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: Schemas['WorkspacePatchBody'];
    readonly answer: undefined;
  };
  /** List recipe types. */
  readonly 'GET /recipe-types': {
    readonly path: None;
    readonly query: {
      /** A part of name, title or description. May be given several times. */
      readonly keyword?: OneOrMore<string> | undefined;
      /** Whether new recipes of it are made. */
      readonly is_active?: boolean | undefined;
      /** Whether it belongs to the system itself. */
      readonly is_system?: boolean | undefined;
      /** By which members it is sorted; `-` before one reverses it. May be given several times. */
      readonly order?:
        | OneOrMore<
            | 'id'
            | '-id'
            | 'name'
            | '-name'
            | 'title'
            | '-title'
            | 'description'
            | '-description'
            | 'is_active'
            | '-is_active'
            | 'is_system'
            | '-is_system'
            | 'revision_num'
            | '-revision_num'
            | 'created'
            | '-created'
            | 'deprecated'
            | '-deprecated'
            | 'last_modified'
            | '-last_modified'
          >
        | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['RecipeType']>;
  };
  /** Make a recipe type. */
  readonly 'POST /recipe-types': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['RecipeTypePostBody'];
    readonly answer: Schemas['SavedRecipeType'];
  };
  /** Judge a recipe type. */
  readonly 'POST /recipe-types/validation': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['RecipeTypeValidationPostBody'];
    readonly answer: Schemas['RecipeTypeJudgement'];
  };
  /** Show a recipe type. */
  readonly 'GET /recipe-types/{name}': {
    readonly path: { readonly name: string };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['RecipeTypeDetails'];
  };
  /** Change a recipe type. */
  readonly 'PATCH /recipe-types/{name}': {
    readonly path: { readonly name: string };
    readonly query: None;
    readonly body: Schemas['RecipeTypePatchBody'];
    readonly answer: Schemas['RecipeTypeJudgement'];
  };
  /** List the revisions of a recipe type. */
  readonly 'GET /recipe-types/{name}/revisions': {
    readonly path: { readonly name: string };
    readonly query: {
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['RecipeTypeRevision']>;
  };
  /** Show a revision of a recipe type. */
  readonly 'GET /recipe-types/{name}/revisions/{revision}': {
    readonly path: { readonly name: string; readonly revision: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['RecipeTypeRevisionDetails'];
  };
  /** List recipes. */
  readonly 'GET /recipes': {
    readonly path: None;
    readonly query: {
      /** The earliest: when the recipe was last modified. */
      readonly started?: string | undefined;
      /** The latest: when the recipe was last modified. */
      readonly ended?: string | undefined;
      /** Collection of the data began not before then. */
      readonly source_started?: string | undefined;
      /** Collection of the data ended not after then. */
      readonly source_ended?: string | undefined;
      /** Class of the sensor that collected the data. May be given several times. */
      readonly source_sensor_class?: OneOrMore<string> | undefined;
      /** Sensor that collected the data. May be given several times. */
      readonly source_sensor?: OneOrMore<string> | undefined;
      /** Collection of the data. May be given several times. */
      readonly source_collection?: OneOrMore<string> | undefined;
      /** Task for which the data was collected. May be given several times. */
      readonly source_task?: OneOrMore<string> | undefined;
      /** Id of a recipe. May be given several times. */
      readonly recipe_id?: OneOrMore<number> | undefined;
      /** Recipe type. May be given several times. */
      readonly recipe_type_id?: OneOrMore<number> | undefined;
      /** Name of its recipe type. May be given several times. */
      readonly recipe_type_name?: OneOrMore<string> | undefined;
      /** Batch that it is of. May be given several times. */
      readonly batch_id?: OneOrMore<number> | undefined;
      /** Recipe that it is a part of, at any depth. May be given several times. */
      readonly root_recipe_id?: OneOrMore<number> | undefined;
      /** Whether another recipe has taken its place. */
      readonly is_superseded?: boolean | undefined;
      /** Whether all of it is done. */
      readonly is_completed?: boolean | undefined;
      /** By which members it is sorted; `-` before one reverses it. May be given several times. */
      readonly order?:
        | OneOrMore<
            | 'id'
            | '-id'
            | 'created'
            | '-created'
            | 'completed'
            | '-completed'
            | 'superseded'
            | '-superseded'
            | 'last_modified'
            | '-last_modified'
            | 'is_completed'
            | '-is_completed'
            | 'is_superseded'
            | '-is_superseded'
            | 'input_file_size'
            | '-input_file_size'
            | 'source_started'
            | '-source_started'
            | 'source_ended'
            | '-source_ended'
            | 'recipe_type__name'
            | '-recipe_type__name'
            | 'recipe_type__title'
            | '-recipe_type__title'
          >
        | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
      /** Instead of `page`: the rows after a place. Empty it begins; then `next` carries the one to go on with. Rows that are added meanwhile are neither missed nor seen twice. */
      readonly cursor?: string | undefined;
      /** Beyond 10,000 rows `count` is an estimate, which `count_is_estimate` says. `exact` counts them all, which takes 0.3 s for a million. */
      readonly count?: 'exact' | 'estimate' | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['Recipe']>;
  };
  /** Begin a recipe. */
  readonly 'POST /recipes': {
    readonly path: None;
    readonly query: {
      /** Only tells what would run, what would be reused, and why. */
      readonly dry_run?: boolean | undefined;
    };
    readonly body: Schemas['RecipePostBody'];
    readonly answer: Schemas['Foreseen'] | Schemas['AcceptedRecipe'];
  };
  /** Show a recipe. */
  readonly 'GET /recipes/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['RecipeDetails'];
  };
  /** Show the graph of a recipe. */
  readonly 'GET /recipes/{id}/graph': {
    readonly path: { readonly id: number };
    readonly query: {
      /** Levels of sub-recipes that are shown too, each as `graph` of its node; at most 10. */
      readonly expand?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: Schemas['RecipeGraph'];
  };
  /** List the input files of a recipe. */
  readonly 'GET /recipes/{id}/input_files': {
    readonly path: { readonly id: number };
    readonly query: {
      /** The earliest: see time_field. */
      readonly started?: string | undefined;
      /** The latest: see time_field. */
      readonly ended?: string | undefined;
      /** What started and ended are about; last_modified without it. */
      readonly time_field?: 'last_modified' | 'data' | 'source' | undefined;
      /** Name, without directories. */
      readonly file_name?: string | undefined;
      /** Name of the input. */
      readonly recipe_input?: string | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
      /** Instead of `page`: the rows after a place. Empty it begins; then `next` carries the one to go on with. Rows that are added meanwhile are neither missed nor seen twice. */
      readonly cursor?: string | undefined;
      /** Beyond 10,000 rows `count` is an estimate, which `count_is_estimate` says. `exact` counts them all, which takes 0.3 s for a million. */
      readonly count?: 'exact' | 'estimate' | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['FileDetails']>;
  };
  /** List the files that the jobs of a batch gave. */
  readonly 'GET /batches/{id}/files': {
    readonly path: { readonly id: number };
    readonly query: {
      /** Name of the output. May be given several times. */
      readonly job_output?: OneOrMore<string> | undefined;
      /** Node of the recipe that the job is directly in. May be given several times. */
      readonly recipe_node?: OneOrMore<string> | undefined;
      /** Name of the job type. May be given several times. */
      readonly job_type_name?: OneOrMore<string> | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
      /** Instead of `page`: the rows after a place. Empty it begins; then `next` carries the one to go on with. Rows that are added meanwhile are neither missed nor seen twice. */
      readonly cursor?: string | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['OutputFile']>;
  };
  /** List the files that the jobs of a recipe gave. */
  readonly 'GET /recipes/{id}/files': {
    readonly path: { readonly id: number };
    readonly query: {
      /** Name of the output. May be given several times. */
      readonly job_output?: OneOrMore<string> | undefined;
      /** Node of the recipe that the job is directly in. May be given several times. */
      readonly recipe_node?: OneOrMore<string> | undefined;
      /** Name of the job type. May be given several times. */
      readonly job_type_name?: OneOrMore<string> | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
      /** Instead of `page`: the rows after a place. Empty it begins; then `next` carries the one to go on with. Rows that are added meanwhile are neither missed nor seen twice. */
      readonly cursor?: string | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['OutputFile']>;
  };
  /** Re-process a recipe. */
  readonly 'POST /recipes/{id}/reprocess': {
    readonly path: { readonly id: number };
    readonly query: {
      /** Only tells what would be done. */
      readonly dry_run?: boolean | undefined;
    };
    readonly body: Schemas['ReprocessPostBody'];
    readonly answer: Schemas['ForeseenReprocess'] | Schemas['ReprocessedRecipe'];
  };
  /** Judge a batch without making it. */
  readonly 'POST /batches/validation': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['BatchValidationPostBody'];
    readonly answer: Schemas['BatchJudgement'];
  };
  /** Compare the batches of a chain. */
  readonly 'GET /batches/comparison/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['BatchComparison'];
  };
  /** List batches. */
  readonly 'GET /batches': {
    readonly path: None;
    readonly query: {
      /** The earliest: when the batch was last modified. */
      readonly started?: string | undefined;
      /** The latest: when the batch was last modified. */
      readonly ended?: string | undefined;
      /** Of these names. May be given several times. */
      readonly name?: OneOrMore<string> | undefined;
      /** Of these recipe types. May be given several times. */
      readonly recipe_type_id?: OneOrMore<number> | undefined;
      /** Of these job types. May be given several times. */
      readonly job_type_id?: OneOrMore<number> | undefined;
      /** Of the chains that began with these. May be given several times. */
      readonly root_batch_id?: OneOrMore<number> | undefined;
      /** Whether all of its recipes or jobs are made. */
      readonly is_creation_done?: boolean | undefined;
      /** Whether another batch has taken its place. */
      readonly is_superseded?: boolean | undefined;
      /** By which members it is sorted; `-` before one reverses it. May be given several times. */
      readonly order?:
        | OneOrMore<
            | 'id'
            | '-id'
            | 'name'
            | '-name'
            | 'title'
            | '-title'
            | 'description'
            | '-description'
            | 'created'
            | '-created'
            | 'superseded'
            | '-superseded'
            | 'last_modified'
            | '-last_modified'
            | 'is_superseded'
            | '-is_superseded'
            | 'is_creation_done'
            | '-is_creation_done'
            | 'recipe_type'
            | '-recipe_type'
            | 'recipe_type__name'
            | '-recipe_type__name'
            | 'root_batch'
            | '-root_batch'
            | 'recipes_estimated'
            | '-recipes_estimated'
          >
        | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
      /** Instead of `page`: the rows after a place. Empty it begins; then `next` carries the one to go on with. Rows that are added meanwhile are neither missed nor seen twice. */
      readonly cursor?: string | undefined;
      /** Beyond 10,000 rows `count` is an estimate, which `count_is_estimate` says. `exact` counts them all, which takes 0.3 s for a million. */
      readonly count?: 'exact' | 'estimate' | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['Batch']>;
  };
  /** Make a batch. */
  readonly 'POST /batches': {
    readonly path: None;
    readonly query: {
      /** Only tells what would run, what would be reused, and why. */
      readonly dry_run?: boolean | undefined;
      /** Of a dry run: the first recipes or jobs, which are looked at. */
      readonly limit?: number | undefined;
    };
    readonly body: Schemas['BatchPostBody'];
    readonly answer: Schemas['ForeseenBatch'] | Schemas['BatchDetails'];
  };
  /** Show a batch. */
  readonly 'GET /batches/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['BatchDetails'];
  };
  /** Change a batch. */
  readonly 'PATCH /batches/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: Schemas['BatchPatchBody'];
    readonly answer: undefined;
  };
  /** List strikes. */
  readonly 'GET /strikes': {
    readonly path: None;
    readonly query: {
      /** The earliest: when the strike was last modified. */
      readonly started?: string | undefined;
      /** The latest: when the strike was last modified. */
      readonly ended?: string | undefined;
      /** Only strikes of these names. May be given several times. */
      readonly name?: OneOrMore<string> | undefined;
      /** By which members it is sorted; `-` before one reverses it. May be given several times. */
      readonly order?:
        | OneOrMore<
            | 'id'
            | '-id'
            | 'name'
            | '-name'
            | 'title'
            | '-title'
            | 'description'
            | '-description'
            | 'is_active'
            | '-is_active'
            | 'created'
            | '-created'
            | 'last_modified'
            | '-last_modified'
          >
        | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
      /** Instead of `page`: the rows after a place. Empty it begins; then `next` carries the one to go on with. Rows that are added meanwhile are neither missed nor seen twice. */
      readonly cursor?: string | undefined;
      /** Beyond 10,000 rows `count` is an estimate, which `count_is_estimate` says. `exact` counts them all, which takes 0.3 s for a million. */
      readonly count?: 'exact' | 'estimate' | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['Strike']>;
  };
  /** Make a strike. */
  readonly 'POST /strikes': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['StrikePostBody'];
    readonly answer: Schemas['StrikeDetails'];
  };
  /** Judge a strike without making it. */
  readonly 'POST /strikes/validation': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['StrikePostBody'];
    readonly answer: Schemas['Judgement'];
  };
  /** Show a strike. */
  readonly 'GET /strikes/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['StrikeDetails'];
  };
  /** Change a strike. */
  readonly 'PATCH /strikes/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: Schemas['StrikePatchBody'];
    readonly answer: undefined;
  };
  /** List scans. */
  readonly 'GET /scans': {
    readonly path: None;
    readonly query: {
      /** The earliest: when the scan was last modified. */
      readonly started?: string | undefined;
      /** The latest: when the scan was last modified. */
      readonly ended?: string | undefined;
      /** Only scans of these names. May be given several times. */
      readonly name?: OneOrMore<string> | undefined;
      /** By which members it is sorted; `-` before one reverses it. May be given several times. */
      readonly order?:
        | OneOrMore<
            | 'id'
            | '-id'
            | 'name'
            | '-name'
            | 'title'
            | '-title'
            | 'description'
            | '-description'
            | 'file_count'
            | '-file_count'
            | 'status'
            | '-status'
            | 'created'
            | '-created'
            | 'last_modified'
            | '-last_modified'
          >
        | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
      /** Instead of `page`: the rows after a place. Empty it begins; then `next` carries the one to go on with. Rows that are added meanwhile are neither missed nor seen twice. */
      readonly cursor?: string | undefined;
      /** Beyond 10,000 rows `count` is an estimate, which `count_is_estimate` says. `exact` counts them all, which takes 0.3 s for a million. */
      readonly count?: 'exact' | 'estimate' | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['Scan']>;
  };
  /** Make a scan. */
  readonly 'POST /scans': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['ScanPostBody'];
    readonly answer: Schemas['ScanDetails'];
  };
  /** Judge a scan without making it. */
  readonly 'POST /scans/validation': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['ScanPostBody'];
    readonly answer: Schemas['Judgement'];
  };
  /** Cancel the run of a scan. */
  readonly 'POST /scans/cancel/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['CanceledScan'];
  };
  /** Run a scan. */
  readonly 'POST /scans/{id}/process': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: Schemas['ScanProcessBody'];
    readonly answer: Schemas['ScanDetails'];
  };
  /** Show a scan. */
  readonly 'GET /scans/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['ScanDetails'];
  };
  /** Change a scan. */
  readonly 'PATCH /scans/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: Schemas['ScanPatchBody'];
    readonly answer: undefined;
  };
  /** List ingests. */
  readonly 'GET /ingests': {
    readonly path: None;
    readonly query: {
      /** The earliest: when the ingest was last modified. */
      readonly started?: string | undefined;
      /** The latest: when the ingest was last modified. */
      readonly ended?: string | undefined;
      /** Where it stands. May be given several times. */
      readonly status?:
        | OneOrMore<
            | 'TRANSFERRING'
            | 'TRANSFERRED'
            | 'DEFERRED'
            | 'QUEUED'
            | 'INGESTING'
            | 'INGESTED'
            | 'ERRORED'
            | 'DUPLICATE'
          >
        | undefined;
      /** Scan that found the file. May be given several times. */
      readonly scan_id?: OneOrMore<number> | undefined;
      /** Strike that found the file. May be given several times. */
      readonly strike_id?: OneOrMore<number> | undefined;
      /** Name of the file, without directories. May be given several times. */
      readonly file_name?: OneOrMore<string> | undefined;
      /** By which members it is sorted; `-` before one reverses it. May be given several times. */
      readonly order?:
        | OneOrMore<
            | 'id'
            | '-id'
            | 'file_name'
            | '-file_name'
            | 'file_path'
            | '-file_path'
            | 'status'
            | '-status'
            | 'strike__id'
            | '-strike__id'
            | 'media_type'
            | '-media_type'
            | 'file_size'
            | '-file_size'
            | 'bytes_transferred'
            | '-bytes_transferred'
            | 'transfer_started'
            | '-transfer_started'
            | 'transfer_ended'
            | '-transfer_ended'
            | 'ingest_started'
            | '-ingest_started'
            | 'ingest_ended'
            | '-ingest_ended'
            | 'data_started'
            | '-data_started'
            | 'data_ended'
            | '-data_ended'
            | 'created'
            | '-created'
            | 'last_modified'
            | '-last_modified'
          >
        | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
      /** Instead of `page`: the rows after a place. Empty it begins; then `next` carries the one to go on with. Rows that are added meanwhile are neither missed nor seen twice. */
      readonly cursor?: string | undefined;
      /** Beyond 10,000 rows `count` is an estimate, which `count_is_estimate` says. `exact` counts them all, which takes 0.3 s for a million. */
      readonly count?: 'exact' | 'estimate' | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['Ingest']>;
  };
  /** Count what strikes ingested, by the hour. */
  readonly 'GET /ingests/status': {
    readonly path: None;
    readonly query: {
      /** The earliest: when files were ingested, or their data collected. */
      readonly started?: string | undefined;
      /** The latest: when files were ingested, or their data collected. */
      readonly ended?: string | undefined;
      /** By the time of ingest; default: by that of the data. */
      readonly use_ingest_time?: boolean | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['IngestStatus']>;
  };
  /** Show an ingest. */
  readonly 'GET /ingests/{ingest}': {
    readonly path: { readonly ingest: string };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['IngestDetails'];
  };
  /** List the jobs of the recipe that an ingest started. */
  readonly 'GET /ingests/{ingest}/jobs': {
    readonly path: { readonly ingest: string };
    readonly query: {
      /** By which members it is sorted; `-` before one reverses it. May be given several times. */
      readonly order?:
        | OneOrMore<
            | 'id'
            | '-id'
            | 'status'
            | '-status'
            | 'priority'
            | '-priority'
            | 'num_exes'
            | '-num_exes'
            | 'created'
            | '-created'
            | 'queued'
            | '-queued'
            | 'started'
            | '-started'
            | 'ended'
            | '-ended'
            | 'last_status_change'
            | '-last_status_change'
            | 'last_modified'
            | '-last_modified'
            | 'job_type'
            | '-job_type'
            | 'recipe'
            | '-recipe'
            | 'error'
            | '-error'
            | 'error__name'
            | '-error__name'
            | 'error__category'
            | '-error__category'
            | 'error__title'
            | '-error__title'
            | 'job_type__name'
            | '-job_type__name'
            | 'job_type__version'
            | '-job_type__version'
            | 'job_type__title'
            | '-job_type__title'
          >
        | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
      /** Instead of `page`: the rows after a place. Empty it begins; then `next` carries the one to go on with. Rows that are added meanwhile are neither missed nor seen twice. */
      readonly cursor?: string | undefined;
      /** Beyond 10,000 rows `count` is an estimate, which `count_is_estimate` says. `exact` counts them all, which takes 0.3 s for a million. */
      readonly count?: 'exact' | 'estimate' | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['Job']>;
  };
  /** List datasets. */
  readonly 'GET /datasets': {
    readonly path: None;
    readonly query: {
      /** The earliest: when the dataset was made. */
      readonly started?: string | undefined;
      /** The latest: when the dataset was made. */
      readonly ended?: string | undefined;
      /** Only these. May be given several times. */
      readonly dataset_id?: OneOrMore<number> | undefined;
      /** A part of title or description; one of several. May be given several times. */
      readonly keyword?: OneOrMore<string> | undefined;
      /** By which members it is sorted; `-` before one reverses it. May be given several times. */
      readonly order?:
        | OneOrMore<
            | 'id'
            | '-id'
            | 'title'
            | '-title'
            | 'description'
            | '-description'
            | 'created'
            | '-created'
            | 'last_modified'
            | '-last_modified'
          >
        | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
      /** Instead of `page`: the rows after a place. Empty it begins; then `next` carries the one to go on with. Rows that are added meanwhile are neither missed nor seen twice. */
      readonly cursor?: string | undefined;
      /** Beyond 10,000 rows `count` is an estimate, which `count_is_estimate` says. `exact` counts them all, which takes 0.3 s for a million. */
      readonly count?: 'exact' | 'estimate' | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['Dataset']>;
  };
  /** Make a dataset. */
  readonly 'POST /datasets': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['DatasetPostBody'];
    readonly answer: Schemas['TriedMembers'] | Schemas['Dataset'];
  };
  /** Judge a dataset without making it. */
  readonly 'POST /datasets/validation': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['DatasetValidationBody'];
    readonly answer: Schemas['Judgement'];
  };
  /** Show a member of a dataset. */
  readonly 'GET /datasets/members/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['DatasetMemberDetails'];
  };
  /** List the members of a dataset. */
  readonly 'GET /datasets/{id}/members': {
    readonly path: { readonly id: number };
    readonly query: {
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
      /** Instead of `page`: the rows after a place. Empty it begins; then `next` carries the one to go on with. Rows that are added meanwhile are neither missed nor seen twice. */
      readonly cursor?: string | undefined;
      /** Beyond 10,000 rows `count` is an estimate, which `count_is_estimate` says. `exact` counts them all, which takes 0.3 s for a million. */
      readonly count?: 'exact' | 'estimate' | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['DatasetMember']>;
  };
  /** Show a dataset. */
  readonly 'GET /datasets/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['Dataset'];
  };
  /** Add members to a dataset. */
  readonly 'POST /datasets/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: Schemas['DatasetMembersPostBody'];
    readonly answer: Schemas['TriedMembers'] | Schemas['AddedMembers'];
  };
  /** List schedules. */
  readonly 'GET /schedules': {
    readonly path: None;
    readonly query: {
      /** Only schedules of these names. May be given several times. */
      readonly name?: OneOrMore<string> | undefined;
      /** By which members it is sorted; `-` before one reverses it. May be given several times. */
      readonly order?:
        | OneOrMore<
            | 'id'
            | '-id'
            | 'name'
            | '-name'
            | 'next_due'
            | '-next_due'
            | 'created'
            | '-created'
            | 'last_modified'
            | '-last_modified'
          >
        | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
      /** Instead of `page`: the rows after a place. Empty it begins; then `next` carries the one to go on with. Rows that are added meanwhile are neither missed nor seen twice. */
      readonly cursor?: string | undefined;
      /** Beyond 10,000 rows `count` is an estimate, which `count_is_estimate` says. `exact` counts them all, which takes 0.3 s for a million. */
      readonly count?: 'exact' | 'estimate' | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['Schedule']>;
  };
  /** Make a schedule. */
  readonly 'POST /schedules': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['SchedulePostBody'];
    readonly answer: Schemas['Schedule'];
  };
  /** Begin what a schedule is for now. */
  readonly 'POST /schedules/{id}/run': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['ScheduleRun'];
  };
  /** List what became of the due times of a schedule. */
  readonly 'GET /schedules/{id}/runs': {
    readonly path: { readonly id: number };
    readonly query: {
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
      /** Instead of `page`: the rows after a place. Empty it begins; then `next` carries the one to go on with. Rows that are added meanwhile are neither missed nor seen twice. */
      readonly cursor?: string | undefined;
      /** Beyond 10,000 rows `count` is an estimate, which `count_is_estimate` says. `exact` counts them all, which takes 0.3 s for a million. */
      readonly count?: 'exact' | 'estimate' | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['ScheduleRun']>;
  };
  /** Show a schedule. */
  readonly 'GET /schedules/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['Schedule'];
  };
  /** Change, pause or resume a schedule. */
  readonly 'PATCH /schedules/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: Schemas['SchedulePatchBody'];
    readonly answer: Schemas['Schedule'];
  };
  /** Remove a schedule. */
  readonly 'DELETE /schedules/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** List tasks. */
  readonly 'GET /tasks': {
    readonly path: None;
    readonly query: {
      /** With one of these unique ids. May be given several times. */
      readonly unique_id?: OneOrMore<string> | undefined;
      /** Of one of these batches. May be given several times. */
      readonly batch_id?: OneOrMore<number> | undefined;
      /** By which members it is sorted; `-` before one reverses it. May be given several times. */
      readonly order?: OneOrMore<'id' | '-id'> | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
      /** Instead of `page`: the rows after a place. Empty it begins; then `next` carries the one to go on with. Rows that are added meanwhile are neither missed nor seen twice. */
      readonly cursor?: string | undefined;
      /** Beyond 10,000 rows `count` is an estimate, which `count_is_estimate` says. `exact` counts them all, which takes 0.3 s for a million. */
      readonly count?: 'exact' | 'estimate' | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['Task']>;
  };
  /** Add a task to a batch, or begin one by itself. */
  readonly 'POST /tasks': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['TaskPostBody'];
    readonly answer: Schemas['AcceptedTask'];
  };
  /** Add many tasks at once. */
  readonly 'POST /tasks/bulk': {
    readonly path: None;
    readonly query: {
      /** Only judges them, and stores nothing: 200 in place of 201. A file may be named by its `file_name` alone, as one that is to be sent. */
      readonly dry_run?: boolean | undefined;
    };
    readonly body: Schemas['TaskBulkPostBody'];
    readonly answer: Schemas['PostedTasks'];
  };
  /** Show a task. */
  readonly 'GET /tasks/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['Task'];
  };
  /** List the tasks of a batch. */
  readonly 'GET /batches/{id}/tasks': {
    readonly path: { readonly id: number };
    readonly query: {
      /** In one of these states. May be given several times. */
      readonly state?: OneOrMore<'STAGED' | 'CREATED' | 'REFUSED' | 'CANCELED'> | undefined;
      /** By which members it is sorted; `-` before one reverses it. May be given several times. */
      readonly order?: OneOrMore<'id' | '-id'> | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
      /** Instead of `page`: the rows after a place. Empty it begins; then `next` carries the one to go on with. Rows that are added meanwhile are neither missed nor seen twice. */
      readonly cursor?: string | undefined;
      /** Beyond 10,000 rows `count` is an estimate, which `count_is_estimate` says. `exact` counts them all, which takes 0.3 s for a million. */
      readonly count?: 'exact' | 'estimate' | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['Task']>;
  };
  /** Tell what a batch would do. */
  readonly 'GET /batches/{id}/foreseen': {
    readonly path: { readonly id: number };
    readonly query: {
      /** Of a dry run: the first recipes or jobs, which are looked at. */
      readonly limit?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: Schemas['ForeseenBatch'];
  };
  /** Begin with the tasks of a batch. */
  readonly 'POST /batches/{id}/finalize': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['BatchDetails'];
  };
  /** Cancel a batch. */
  readonly 'POST /batches/{id}/cancel': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['Action'];
  };
  /** Queue the jobs of a batch again that failed or were canceled. */
  readonly 'POST /batches/{id}/requeue-failed': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['Action'];
  };
  /** List webhooks. */
  readonly 'GET /webhooks': {
    readonly path: None;
    readonly query: {
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['Webhook']>;
  };
  /** Add a webhook. */
  readonly 'POST /webhooks': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['WebhookPostBody'];
    readonly answer: Schemas['Webhook'];
  };
  /** Show a webhook. */
  readonly 'GET /webhooks/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['Webhook'];
  };
  /** Change a webhook. */
  readonly 'PATCH /webhooks/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: Schemas['WebhookPatchBody'];
    readonly answer: Schemas['Webhook'];
  };
  /** Remove a webhook. */
  readonly 'DELETE /webhooks/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** List the deliveries of a webhook. */
  readonly 'GET /webhooks/{id}/deliveries': {
    readonly path: { readonly id: number };
    readonly query: {
      /** In one of these states. May be given several times. */
      readonly state?: OneOrMore<'PENDING' | 'DELIVERED' | 'DEAD'> | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['WebhookDelivery']>;
  };
  /** Send a webhook a message of the type webhook.test. */
  readonly 'POST /webhooks/{id}/test': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['WebhookTest'];
  };
  /** Follow changes of jobs and of the queue. */
  readonly 'GET /events': {
    readonly path: None;
    readonly query: {
      /** Of these jobs. May be given several times. */
      readonly job_id?: OneOrMore<number> | undefined;
      /** Of jobs of these job types. May be given several times. */
      readonly job_type_id?: OneOrMore<number> | undefined;
      /** Of jobs of job types of these names. May be given several times. */
      readonly job_type_name?: OneOrMore<string> | undefined;
      /** Of these recipes, and of the jobs and recipes inside. May be given several times. */
      readonly recipe_id?: OneOrMore<number> | undefined;
      /** Only changes to these statuses. May be given several times. */
      readonly status?:
        | OneOrMore<'PENDING' | 'BLOCKED' | 'QUEUED' | 'RUNNING' | 'FAILED' | 'COMPLETED' | 'CANCELED'>
        | undefined;
      /** false: nothing of the queue. */
      readonly queue?: boolean | undefined;
    };
    readonly body: undefined;
    readonly answer: Response;
  };
  /** Begin an upload in parts. */
  readonly 'POST /files/uploads': {
    readonly path: None;
    readonly query: {
      /** Its name, without directories; or in the header Content-Disposition. */
      readonly name?: string | undefined;
      /** Its media type, as image/tiff; without it, what its name suggests. */
      readonly media_type?: string | undefined;
      /** A tag for the kind of its data. May be given several times. */
      readonly data_type?: OneOrMore<string> | undefined;
    };
    readonly body: undefined;
    readonly answer: Schemas['Upload'];
  };
  /** Show how much of an upload has arrived. */
  readonly 'GET /files/uploads/{upload}': {
    readonly path: { readonly upload: string };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['Upload'];
  };
  /** Send a part of an upload. */
  readonly 'PATCH /files/uploads/{upload}': {
    readonly path: { readonly upload: string };
    readonly query: None;
    readonly body: RequestInit['body'];
    readonly answer: Schemas['FileDetails'] | undefined;
  };
  /** Give up an upload. */
  readonly 'DELETE /files/uploads/{upload}': {
    readonly path: { readonly upload: string };
    readonly query: None;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** Find a file by its content. */
  readonly 'GET /files/known': {
    readonly path: None;
    readonly query: {
      /** Its SHA-256, 64 hexadecimal digits; required. */
      readonly sha256?: string | undefined;
      /** Its name; required. */
      readonly file_name?: string | undefined;
    };
    readonly body: undefined;
    readonly answer: Schemas['KnownFile'];
  };
  /** Purge a source. */
  readonly 'POST /files/purge-source': {
    readonly path: None;
    readonly query: {
      /** Only say what would go. */
      readonly dry_run?: boolean | undefined;
    };
    readonly body: Schemas['PurgePostBody'];
    readonly answer: Schemas['PurgeReport'] | undefined;
  };
  /** List purges. */
  readonly 'GET /purges': {
    readonly path: None;
    readonly query: {
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['Purge']>;
  };
  /** Show a purge. */
  readonly 'GET /purges/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['Purge'];
  };
  /** List retention rules. */
  readonly 'GET /retention-rules': {
    readonly path: None;
    readonly query: {
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['RetentionRule']>;
  };
  /** Add a retention rule. */
  readonly 'POST /retention-rules': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['RetentionRulePostBody'];
    readonly answer: Schemas['RetentionRule'];
  };
  /** Say what a pass would remove now. */
  readonly 'POST /retention-rules/dry-run': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['RetentionDryRunBody'];
    readonly answer: Schemas['RetentionDryRun'];
  };
  /** Show the last pass over the catalogue. */
  readonly 'GET /retention-rules/pass': {
    readonly path: None;
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['RetentionPass'];
  };
  /** Begin a pass over the catalogue now. */
  readonly 'POST /retention-rules/pass': {
    readonly path: None;
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['RetentionPass'];
  };
  /** Show a retention rule. */
  readonly 'GET /retention-rules/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['RetentionRule'];
  };
  /** Change a retention rule. */
  readonly 'PATCH /retention-rules/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: Schemas['RetentionRulePatchBody'];
    readonly answer: Schemas['RetentionRule'];
  };
  /** Remove a retention rule. */
  readonly 'DELETE /retention-rules/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** List content that is still to be removed. */
  readonly 'GET /removals': {
    readonly path: None;
    readonly query: {
      /** Name of its workspace. May be given several times. */
      readonly workspace?: OneOrMore<string> | undefined;
      /** Only what could not be removed so far; false: only what nobody has tried yet. */
      readonly has_problem?: boolean | undefined;
      /** By which members it is sorted; `-` before one reverses it. May be given several times. */
      readonly order?:
        | OneOrMore<'id' | '-id' | 'file_size' | '-file_size' | 'tries' | '-tries' | 'created' | '-created'>
        | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
      /** Instead of `page`: the rows after a place. Empty it begins; then `next` carries the one to go on with. Rows that are added meanwhile are neither missed nor seen twice. */
      readonly cursor?: string | undefined;
      /** Beyond 10,000 rows `count` is an estimate, which `count_is_estimate` says. `exact` counts them all, which takes 0.3 s for a million. */
      readonly count?: 'exact' | 'estimate' | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['Removal']>;
  };
  /** Give up a removal. */
  readonly 'DELETE /removals/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** Show the hold of a file. */
  readonly 'GET /files/{id}/hold': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['FileHold'];
  };
  /** Hold a file. */
  readonly 'PUT /files/{id}/hold': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: Schemas['HoldPutBody'];
    readonly answer: Schemas['FileHold'];
  };
  /** End the hold of a file. */
  readonly 'DELETE /files/{id}/hold': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** List files. */
  readonly 'GET /files': {
    readonly path: None;
    readonly query: {
      /** Their data overlap it: an interval of ISO 8601, `FROM/TO`, `FROM/P1D`, `FROM/..`. */
      readonly data_time?: string | undefined;
      /** `WEST,SOUTH,EAST,NORTH` in degrees: their bounding box touches it. West greater than east crosses the antimeridian. */
      readonly bbox?: string | undefined;
      /** GeoJSON or well-known text: their data touch it. */
      readonly intersects?: string | undefined;
      /** Part of the name, or a pattern with `*` and `?`. */
      readonly name?: string | undefined;
      /** Whole words of the name, or with `*` their beginnings, as `LC08*`; all of them are there. May be given several times. */
      readonly word?: OneOrMore<string> | undefined;
      /** A member of `meta_data` and what it must be: `PATH=VALUE`, or with `<`, `<=`, `>`, `>=`. `meta_data.PATH=VALUE` is the same. May be given several times. */
      readonly meta_data?: OneOrMore<string> | undefined;
      /** Checksum of the content, 64 hexadecimal digits. May be given several times. */
      readonly sha256?: OneOrMore<string> | undefined;
      /** Also files that a newer version took the place of. */
      readonly superseded?: boolean | undefined;
      /** Also files that were deleted. */
      readonly deleted?: boolean | undefined;
      /** Data not before then. */
      readonly data_started?: string | undefined;
      /** Data not after then. */
      readonly data_ended?: string | undefined;
      /** Collected not before then. */
      readonly source_started?: string | undefined;
      /** Collected not after then. */
      readonly source_ended?: string | undefined;
      /** Last modified not before then. */
      readonly modified_started?: string | undefined;
      /** Last modified not after then. */
      readonly modified_ended?: string | undefined;
      /** Class of the sensor that collected the data. May be given several times. */
      readonly source_sensor_class?: OneOrMore<string> | undefined;
      /** Sensor that collected the data. May be given several times. */
      readonly source_sensor?: OneOrMore<string> | undefined;
      /** Collection of the data. May be given several times. */
      readonly source_collection?: OneOrMore<string> | undefined;
      /** Task for which the data was collected. May be given several times. */
      readonly source_task?: OneOrMore<string> | undefined;
      /** Name of the output that it is of. May be given several times. */
      readonly job_output?: OneOrMore<string> | undefined;
      /** Job type that made it. May be given several times. */
      readonly job_type_id?: OneOrMore<number> | undefined;
      /** Name of the job type that made it. May be given several times. */
      readonly job_type_name?: OneOrMore<string> | undefined;
      /** Job that made it. May be given several times. */
      readonly job_id?: OneOrMore<number> | undefined;
      /** Identity of the execution that made it. May be given several times. */
      readonly output_id?: OneOrMore<string> | undefined;
      /** Recipe that made it. May be given several times. */
      readonly recipe_id?: OneOrMore<number> | undefined;
      /** Node of the recipe that made it. May be given several times. */
      readonly recipe_node?: OneOrMore<string> | undefined;
      /** Recipe type that made it. May be given several times. */
      readonly recipe_type_id?: OneOrMore<number> | undefined;
      /** Name of the recipe type that made it. May be given several times. */
      readonly recipe_type_name?: OneOrMore<string> | undefined;
      /** Batch that made it. May be given several times. */
      readonly batch_id?: OneOrMore<number> | undefined;
      /** Name, without directories. May be given several times. */
      readonly file_name?: OneOrMore<string> | undefined;
      /** Catalogued not before then. */
      readonly created_started?: string | undefined;
      /** Catalogued not after then. */
      readonly created_ended?: string | undefined;
      /** Whether a job made it. May be given several times. */
      readonly file_type?: OneOrMore<'SOURCE' | 'PRODUCT'> | undefined;
      /** Media type, as image/tiff. May be given several times. */
      readonly media_type?: OneOrMore<string> | undefined;
      /** Tag; a file has one of them. May be given several times. */
      readonly data_type?: OneOrMore<string> | undefined;
      /** ISO 3166 code of a country; a file lies in one of them. May be given several times. */
      readonly country?: OneOrMore<string> | undefined;
      /** Name of its workspace. May be given several times. */
      readonly workspace?: OneOrMore<string> | undefined;
      /** By which members it is sorted; `-` before one reverses it. May be given several times. */
      readonly order?:
        | OneOrMore<
            | 'id'
            | '-id'
            | 'file_name'
            | '-file_name'
            | 'file_path'
            | '-file_path'
            | 'file_size'
            | '-file_size'
            | 'file_type'
            | '-file_type'
            | 'media_type'
            | '-media_type'
            | 'created'
            | '-created'
            | 'last_modified'
            | '-last_modified'
            | 'data_started'
            | '-data_started'
            | 'data_ended'
            | '-data_ended'
            | 'source_started'
            | '-source_started'
            | 'source_ended'
            | '-source_ended'
            | 'job_type__name'
            | '-job_type__name'
            | 'workspace__name'
            | '-workspace__name'
          >
        | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
      /** Instead of `page`: the rows after a place. Empty it begins; then `next` carries the one to go on with. Rows that are added meanwhile are neither missed nor seen twice. */
      readonly cursor?: string | undefined;
      /** Beyond 10,000 rows `count` is an estimate, which `count_is_estimate` says. `exact` counts them all, which takes 0.3 s for a million. */
      readonly count?: 'exact' | 'estimate' | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['File']>;
  };
  /** Upload a file. */
  readonly 'POST /files': {
    readonly path: None;
    readonly query: {
      /** Its name, without directories; or in the header Content-Disposition. */
      readonly name?: string | undefined;
      /** Its media type, as image/tiff; without it, what its name suggests. */
      readonly media_type?: string | undefined;
      /** A tag for the kind of its data. May be given several times. */
      readonly data_type?: OneOrMore<string> | undefined;
    };
    readonly body: RequestInit['body'];
    readonly answer: Schemas['FileDetails'];
  };
  /** Show a file. */
  readonly 'GET /files/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['FileDetails'];
  };
  /** Fetch the content of a file. */
  readonly 'GET /files/{id}/content': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Response;
  };
  /** Make a link to the content of a file. */
  readonly 'POST /files/{id}/link': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: Schemas['LinkPostBody'];
    readonly answer: Schemas['Link'];
  };
  /** Show the lineage of a file. */
  readonly 'GET /files/{id}/lineage': {
    readonly path: { readonly id: number };
    readonly query: {
      /** Default: both. */
      readonly direction?: 'both' | 'ancestors' | 'descendants' | undefined;
      /** How many jobs may lie between, in each direction. */
      readonly depth?: number | undefined;
      /** How many links are followed in each direction. */
      readonly limit?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: Schemas['Lineage'];
  };
  /** Show the provenance of a file. */
  readonly 'GET /files/{id}/provenance': {
    readonly path: { readonly id: number };
    readonly query: {
      /** Default: prov. */
      readonly format?: 'prov' | 'openlineage' | undefined;
      /** Default: ancestors. */
      readonly direction?: 'ancestors' | 'descendants' | 'both' | undefined;
      /** How many jobs may lie between, in each direction. */
      readonly depth?: number | undefined;
      /** How many links are followed in each direction. */
      readonly limit?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: Schemas['ProvDocument'] | readonly Schemas['OpenLineageRunEvent'][];
  };
  /** Fetch a thumbnail of a picture. */
  readonly 'GET /files/{id}/thumbnail': {
    readonly path: { readonly id: number };
    readonly query: {
      /** Its longest side, pixels. */
      readonly size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: Response;
  };
  /** Show who asks. */
  readonly 'GET /accounts/profile': {
    readonly path: None;
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['User'];
  };
  /** List users. */
  readonly 'GET /accounts/users': {
    readonly path: None;
    readonly query: {
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['User']>;
  };
  /** Add a user. */
  readonly 'POST /accounts/users': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['UserBody'];
    readonly answer: Schemas['User'];
  };
  /** Show a user. */
  readonly 'GET /accounts/users/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['User'];
  };
  /** Change a user. */
  readonly 'PUT /accounts/users/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: Schemas['UserBody'];
    readonly answer: Schemas['User'];
  };
  /** Change a user. */
  readonly 'PATCH /accounts/users/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: Schemas['UserPatchBody'];
    readonly answer: Schemas['User'];
  };
  /** Remove a user. */
  readonly 'DELETE /accounts/users/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** List tokens. */
  readonly 'GET /accounts/tokens': {
    readonly path: None;
    readonly query: {
      /** Of this user only. */
      readonly user_id?: number | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['Token']>;
  };
  /** Make a token. */
  readonly 'POST /accounts/tokens': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['TokenPostBody'];
    readonly answer: Schemas['NewToken'];
  };
  /** Show a token. */
  readonly 'GET /accounts/tokens/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['Token'];
  };
  /** Revoke a token. */
  readonly 'DELETE /accounts/tokens/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** List projects. */
  readonly 'GET /projects': {
    readonly path: None;
    readonly query: {
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['Project']>;
  };
  /** Add a project. */
  readonly 'POST /projects': {
    readonly path: None;
    readonly query: None;
    readonly body: Schemas['ProjectBody'];
    readonly answer: Schemas['Project'];
  };
  /** Show a project. */
  readonly 'GET /projects/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: Schemas['Project'];
  };
  /** Change a project. */
  readonly 'PATCH /projects/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: Schemas['ProjectPatchBody'];
    readonly answer: Schemas['Project'];
  };
  /** Remove a project. */
  readonly 'DELETE /projects/{id}': {
    readonly path: { readonly id: number };
    readonly query: None;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** List who did what. */
  readonly 'GET /audit': {
    readonly path: None;
    readonly query: {
      /** Who: the name of a user, or `admin-token`. May be given several times. */
      readonly actor?: OneOrMore<string> | undefined;
      /** Method and route, as `PATCH /nodes/:id`. May be given several times. */
      readonly action?: OneOrMore<string> | undefined;
      /** What, as `nodes`. May be given several times. */
      readonly entity?: OneOrMore<string> | undefined;
      /** Which one. May be given several times. */
      readonly entity_id?: OneOrMore<string> | undefined;
      /** Status of the answer. May be given several times. */
      readonly outcome?: OneOrMore<number> | undefined;
      /** As in the header `X-Request-Id` of the answer. May be given several times. */
      readonly request_id?: OneOrMore<string> | undefined;
      /** The earliest: when it was done. */
      readonly started?: string | undefined;
      /** The latest: when it was done. */
      readonly ended?: string | undefined;
      /** Which page, from 1. */
      readonly page?: number | undefined;
      /** Rows of a page; more than 1000 are 1000. */
      readonly page_size?: number | undefined;
    };
    readonly body: undefined;
    readonly answer: ListPage<Schemas['AuditEntry']>;
  };
}

/** Operations whose answer may have no body, or one that is not JSON. */
export const otherAnswers: readonly string[] = [
  'GET /links/{token}',
  'GET /docs',
  'GET /job-executions/{id}/logs/{name}',
  'GET /job-executions/{id}/logs/{name}/live',
  'PATCH /nodes/{id}',
  'PATCH /scheduler',
  'PATCH /workspaces/{id}',
  'PATCH /batches/{id}',
  'PATCH /strikes/{id}',
  'PATCH /scans/{id}',
  'DELETE /schedules/{id}',
  'DELETE /webhooks/{id}',
  'GET /events',
  'PATCH /files/uploads/{upload}',
  'DELETE /files/uploads/{upload}',
  'POST /files/purge-source',
  'DELETE /retention-rules/{id}',
  'DELETE /removals/{id}',
  'DELETE /files/{id}/hold',
  'GET /files/{id}/content',
  'GET /files/{id}/thumbnail',
  'DELETE /accounts/users/{id}',
  'DELETE /accounts/tokens/{id}',
  'DELETE /projects/{id}',
];

/** Addresses that are not below /v6. */
export const bareAddresses: readonly string[] = [
  '/livez',
  '/readyz',
  '/api-token-auth',
  '/links/{token}',
  '/openapi.json',
  '/docs',
];
