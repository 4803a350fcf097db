-- PostgreSQL database dump
-- Dumped from database version 17.12 (Debian 17.12-0+deb13u1)
-- Dumped by pg_dump version 17.12 (Debian 17.12-0+deb13u1)
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
-- Name: ensure_event_partitions(); Type: FUNCTION; Schema: public; Owner: -
CREATE FUNCTION public.ensure_event_partitions() RETURNS void
    LANGUAGE plpgsql
    AS $$
      declare
        month timestamp;
        partition text;
      begin
        for i in 0..1 loop
          month := date_trunc('month', now() at time zone 'UTC') + make_interval(months => i);
          partition := 'event_' || to_char(month, 'YYYY_MM');
          if to_regclass(partition) is null then
            perform pg_advisory_xact_lock(hashtext('seedbed event partitions'));
            execute format('create table if not exists %I partition of event for values from (%L) to (%L)',
              partition, month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
          end if;
        end loop;
      end $$;
SET default_tablespace = '';
-- Name: event; Type: TABLE; Schema: public; Owner: -
CREATE TABLE public.event (
    id bigint NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    entity text NOT NULL,
    entity_id bigint NOT NULL,
    attempt integer,
    kind text NOT NULL,
    actor text NOT NULL,
    data jsonb DEFAULT '{}'::jsonb NOT NULL
)
PARTITION BY RANGE (at);
-- Name: event_id; Type: SEQUENCE; Schema: public; Owner: -
CREATE SEQUENCE public.event_id
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
-- Name: event_id; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
ALTER SEQUENCE public.event_id OWNED BY public.event.id;
SET default_table_access_method = heap;
-- Name: event_2026_11; Type: TABLE; Schema: public; Owner: -
CREATE TABLE public.event_2026_11 (
    id bigint DEFAULT nextval('public.event_id'::regclass) NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    entity text NOT NULL,
    entity_id bigint NOT NULL,
    attempt integer,
    kind text NOT NULL,
    actor text NOT NULL,
    data jsonb DEFAULT '{}'::jsonb NOT NULL
);
-- Name: event_2026_12; Type: TABLE; Schema: public; Owner: -
CREATE TABLE public.event_2026_12 (
    id bigint DEFAULT nextval('public.event_id'::regclass) NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    entity text NOT NULL,
    entity_id bigint NOT NULL,
    attempt integer,
    kind text NOT NULL,
    actor text NOT NULL,
    data jsonb DEFAULT '{}'::jsonb NOT NULL
);
-- Name: file_ancestry_link; Type: TABLE; Schema: public; Owner: -
CREATE TABLE public.file_ancestry_link (
    ancestor_id bigint NOT NULL,
    descendant_id bigint NOT NULL,
    job_exe_id bigint NOT NULL,
    job_id bigint NOT NULL,
    recipe_id bigint,
    batch_id bigint
);
-- Name: installation; Type: TABLE; Schema: public; Owner: -
CREATE TABLE public.installation (
    only_row boolean DEFAULT true NOT NULL,
    uuid uuid NOT NULL,
    system_identifier text,
    database_name text NOT NULL,
    database_oid bigint NOT NULL,
    table_oid bigint NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT installation_only_row_check CHECK (only_row)
);
-- Name: job; Type: TABLE; Schema: public; Owner: -
CREATE TABLE public.job (
    id bigint NOT NULL,
    project_id bigint DEFAULT 1 NOT NULL,
    job_type_id bigint NOT NULL,
    job_type_revision_id bigint NOT NULL,
    status text NOT NULL,
    priority integer DEFAULT 100 NOT NULL,
    num_exes integer DEFAULT 0 NOT NULL,
    max_tries integer DEFAULT 3 NOT NULL,
    timeout bigint NOT NULL,
    input jsonb NOT NULL,
    output jsonb,
    configuration jsonb DEFAULT '{}'::jsonb NOT NULL,
    error jsonb,
    recipe_id bigint,
    recipe_node text,
    batch_id bigint,
    is_superseded boolean DEFAULT false NOT NULL,
    superseded timestamp with time zone,
    dedupe_key text,
    created_by text,
    created timestamp with time zone DEFAULT now() NOT NULL,
    queued timestamp with time zone,
    started timestamp with time zone,
    ended timestamp with time zone,
    last_status_change timestamp with time zone DEFAULT now() NOT NULL,
    last_modified timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT job_priority_check CHECK ((priority >= 1)),
    CONSTRAINT job_status_check CHECK ((status = ANY (ARRAY['PENDING'::text, 'BLOCKED'::text, 'QUEUED'::text, 'RUNNING'::text, 'COMPLETED'::text, 'FAILED'::text, 'CANCELED'::text])))
);
-- Name: job_exe; Type: TABLE; Schema: public; Owner: -
CREATE TABLE public.job_exe (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    exe_num integer NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    status text NOT NULL,
    runtime text NOT NULL,
    node text NOT NULL,
    image_id text,
    configuration jsonb DEFAULT '{}'::jsonb NOT NULL,
    attempt_directory text,
    stdout_path text,
    stderr_path text,
    resources jsonb DEFAULT '{}'::jsonb NOT NULL,
    exit_code integer,
    error jsonb,
    output jsonb,
    steps jsonb,
    queued timestamp with time zone NOT NULL,
    started timestamp with time zone DEFAULT now() NOT NULL,
    ended timestamp with time zone,
    created timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT job_exe_status_check CHECK ((status = ANY (ARRAY['RUNNING'::text, 'COMPLETED'::text, 'FAILED'::text, 'CANCELED'::text])))
);
-- Name: job_exe_id_seq; Type: SEQUENCE; Schema: public; Owner: -
ALTER TABLE public.job_exe ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.job_exe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
-- Name: job_id_seq; Type: SEQUENCE; Schema: public; Owner: -
ALTER TABLE public.job ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.job_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
-- Name: job_input_file; Type: TABLE; Schema: public; Owner: -
CREATE TABLE public.job_input_file (
    job_id bigint NOT NULL,
    input_file_id bigint NOT NULL,
    job_input text NOT NULL,
    "position" integer DEFAULT 0 NOT NULL
);
-- Name: job_type; Type: TABLE; Schema: public; Owner: -
CREATE TABLE public.job_type (
    id bigint NOT NULL,
    project_id bigint DEFAULT 1 NOT NULL,
    name text NOT NULL,
    version text NOT NULL,
    title text,
    description text,
    manifest jsonb NOT NULL,
    docker_image text NOT NULL,
    configuration jsonb DEFAULT '{}'::jsonb NOT NULL,
    revision_num integer DEFAULT 1 NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    is_paused boolean DEFAULT false NOT NULL,
    is_system boolean DEFAULT false NOT NULL,
    max_scheduled integer,
    created_by text,
    created timestamp with time zone DEFAULT now() NOT NULL,
    deprecated timestamp with time zone,
    paused timestamp with time zone,
    last_modified timestamp with time zone DEFAULT now() NOT NULL
);
-- Name: job_type_id_seq; Type: SEQUENCE; Schema: public; Owner: -
ALTER TABLE public.job_type ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.job_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
-- Name: job_type_revision; Type: TABLE; Schema: public; Owner: -
CREATE TABLE public.job_type_revision (
    id bigint NOT NULL,
    job_type_id bigint NOT NULL,
    revision_num integer NOT NULL,
    manifest jsonb NOT NULL,
    docker_image text NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL
);
-- Name: job_type_revision_id_seq; Type: SEQUENCE; Schema: public; Owner: -
ALTER TABLE public.job_type_revision ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.job_type_revision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
-- Name: knex_migrations; Type: TABLE; Schema: public; Owner: -
CREATE TABLE public.knex_migrations (
    id integer NOT NULL,
    name character varying(255),
    batch integer,
    migration_time timestamp with time zone
);
-- Name: knex_migrations_id_seq; Type: SEQUENCE; Schema: public; Owner: -
CREATE SEQUENCE public.knex_migrations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
-- Name: knex_migrations_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
ALTER SEQUENCE public.knex_migrations_id_seq OWNED BY public.knex_migrations.id;
-- Name: knex_migrations_lock; Type: TABLE; Schema: public; Owner: -
CREATE TABLE public.knex_migrations_lock (
    index integer NOT NULL,
    is_locked integer
);
-- Name: knex_migrations_lock_index_seq; Type: SEQUENCE; Schema: public; Owner: -
CREATE SEQUENCE public.knex_migrations_lock_index_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
-- Name: knex_migrations_lock_index_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
ALTER SEQUENCE public.knex_migrations_lock_index_seq OWNED BY public.knex_migrations_lock.index;
-- Name: project; Type: TABLE; Schema: public; Owner: -
CREATE TABLE public.project (
    id bigint NOT NULL,
    name text NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL
);
-- Name: project_id_seq; Type: SEQUENCE; Schema: public; Owner: -
ALTER TABLE public.project ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.project_id_seq
    START WITH 2
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
-- Name: scale_file; Type: TABLE; Schema: public; Owner: -
CREATE TABLE public.scale_file (
    id bigint NOT NULL,
    uuid text NOT NULL,
    version_id uuid NOT NULL,
    workspace_id bigint NOT NULL,
    file_path text NOT NULL,
    file_name text NOT NULL,
    file_type text NOT NULL,
    media_type text NOT NULL,
    file_size bigint NOT NULL,
    sha256 text,
    file_stat text,
    data_type_tags text[] DEFAULT '{}'::text[] NOT NULL,
    is_deleted boolean DEFAULT false NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    deleted timestamp with time zone,
    last_modified timestamp with time zone DEFAULT now() NOT NULL,
    meta_data jsonb DEFAULT '{}'::jsonb NOT NULL,
    geometry jsonb,
    bbox box,
    center_point point,
    countries text[] DEFAULT '{}'::text[] NOT NULL,
    data_started timestamp with time zone,
    data_ended timestamp with time zone,
    span tstzrange GENERATED ALWAYS AS (
CASE
    WHEN ((data_started IS NULL) AND (data_ended IS NULL)) THEN NULL::tstzrange
    ELSE tstzrange(COALESCE(data_started, data_ended), COALESCE(data_ended, data_started), '[]'::text)
END) STORED,
    source_started timestamp with time zone,
    source_ended timestamp with time zone,
    source_sensor_class text,
    source_sensor text,
    source_collection text,
    source_task text,
    is_parsed boolean DEFAULT false NOT NULL,
    parsed timestamp with time zone,
    job_exe_id bigint,
    job_id bigint,
    job_type_id bigint,
    job_output text,
    recipe_id bigint,
    recipe_node text,
    recipe_type_id bigint,
    batch_id bigint,
    has_been_published boolean DEFAULT false NOT NULL,
    is_published boolean DEFAULT false NOT NULL,
    is_superseded boolean DEFAULT false NOT NULL,
    published timestamp with time zone,
    unpublished timestamp with time zone,
    superseded timestamp with time zone,
    CONSTRAINT scale_file_check CHECK ((data_ended >= data_started)),
    CONSTRAINT scale_file_file_type_check CHECK ((file_type = ANY (ARRAY['SOURCE'::text, 'PRODUCT'::text]))),
    CONSTRAINT scale_file_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);
-- Name: COLUMN scale_file.uuid; Type: COMMENT; Schema: public; Owner: -
COMMENT ON COLUMN public.scale_file.uuid IS 'Identity of a product across its versions; repeats.';
-- Name: COLUMN scale_file.version_id; Type: COMMENT; Schema: public; Owner: -
COMMENT ON COLUMN public.scale_file.version_id IS 'UUIDv7 of this very row.';
-- Name: COLUMN scale_file.file_stat; Type: COMMENT; Schema: public; Owner: -
COMMENT ON COLUMN public.scale_file.file_stat IS 'mtime in ns and inode when the row was made; the same again means the same content.';
-- Name: COLUMN scale_file.bbox; Type: COMMENT; Schema: public; Owner: -
COMMENT ON COLUMN public.scale_file.bbox IS 'Of geometry; a box across the antimeridian has east + 360.';
-- Name: scale_file_id_seq; Type: SEQUENCE; Schema: public; Owner: -
ALTER TABLE public.scale_file ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.scale_file_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
-- Name: workspace; Type: TABLE; Schema: public; Owner: -
CREATE TABLE public.workspace (
    id bigint NOT NULL,
    project_id bigint DEFAULT 1 NOT NULL,
    name text NOT NULL,
    title text,
    description text,
    json_config jsonb NOT NULL,
    base_url text,
    is_active boolean DEFAULT true NOT NULL,
    created_by text,
    created timestamp with time zone DEFAULT now() NOT NULL,
    deprecated timestamp with time zone,
    last_modified timestamp with time zone DEFAULT now() NOT NULL
);
-- Name: workspace_id_seq; Type: SEQUENCE; Schema: public; Owner: -
ALTER TABLE public.workspace ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.workspace_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
-- Name: event_2026_11; Type: TABLE ATTACH; Schema: public; Owner: -
ALTER TABLE ONLY public.event ATTACH PARTITION public.event_2026_11 FOR VALUES FROM ('2026-11-01 00:00:00+00') TO ('2026-12-01 00:00:00+00');
-- Name: event_2026_12; Type: TABLE ATTACH; Schema: public; Owner: -
ALTER TABLE ONLY public.event ATTACH PARTITION public.event_2026_12 FOR VALUES FROM ('2026-12-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');
-- Name: event id; Type: DEFAULT; Schema: public; Owner: -
ALTER TABLE ONLY public.event ALTER COLUMN id SET DEFAULT nextval('public.event_id'::regclass);
-- Name: knex_migrations id; Type: DEFAULT; Schema: public; Owner: -
ALTER TABLE ONLY public.knex_migrations ALTER COLUMN id SET DEFAULT nextval('public.knex_migrations_id_seq'::regclass);
-- Name: knex_migrations_lock index; Type: DEFAULT; Schema: public; Owner: -
ALTER TABLE ONLY public.knex_migrations_lock ALTER COLUMN index SET DEFAULT nextval('public.knex_migrations_lock_index_seq'::regclass);
-- Data for Name: event_2026_11; Type: TABLE DATA; Schema: public; Owner: -
COPY public.event_2026_11 (id, xid, at, entity, entity_id, attempt, kind, actor, data) FROM stdin;
1	748	2026-11-28 14:52:37.821131+00	job_type	1	\N	revised	root	{"revision_num": 1}
2	748	2026-11-28 14:52:37.821131+00	job	1	\N	queued	root	{}
3	748	2026-11-28 14:52:37.821131+00	job	1	1	started	249725143315228	{"node": "laptop", "job_exe": 1}
4	749	2026-11-28 14:52:39.103889+00	job	1	1	completed	249725143315228	{"error": null, "job_exe": 1, "exit_code": 0}
5	750	2026-11-28 14:52:39.976454+00	job_type	2	\N	revised	root	{"revision_num": 1}
6	750	2026-11-28 14:52:39.976454+00	job	2	\N	queued	root	{}
7	750	2026-11-28 14:52:39.976454+00	job	2	1	started	137987352281565	{"node": "laptop", "job_exe": 2}
8	751	2026-11-28 14:52:41.034333+00	job	2	1	completed	137987352281565	{"error": null, "job_exe": 2, "exit_code": 0}
9	752	2026-11-28 14:52:41.697097+00	job	3	\N	queued	root	{}
10	752	2026-11-28 14:52:41.697097+00	job	3	1	started	157526284078838	{"node": "laptop", "job_exe": 3}
11	753	2026-11-28 14:52:42.787355+00	job	3	1	failed	157526284078838	{"error": {"code": "SB2002", "name": "image-Corrupt-1", "title": "image-Corrupt-1", "message": "The job ended with exit code 1: Image input is not recognized as a valid PNG; read its standard error: /home/ada/.seedbed-old/logs/546c84ca-fca8-434d-a378-01e1ce030e23/3/stderr.log", "category": "data"}, "job_exe": 3, "exit_code": 1}
\.
-- Data for Name: event_2026_12; Type: TABLE DATA; Schema: public; Owner: -
COPY public.event_2026_12 (id, xid, at, entity, entity_id, attempt, kind, actor, data) FROM stdin;
\.
-- Data for Name: file_ancestry_link; Type: TABLE DATA; Schema: public; Owner: -
COPY public.file_ancestry_link (ancestor_id, descendant_id, job_exe_id, job_id, recipe_id, batch_id) FROM stdin;
1	2	1	1	\N	\N
3	4	2	2	\N	\N
3	5	2	2	\N	\N
3	6	2	2	\N	\N
3	7	2	2	\N	\N
3	8	2	2	\N	\N
3	9	2	2	\N	\N
3	10	2	2	\N	\N
3	11	2	2	\N	\N
3	12	2	2	\N	\N
\.
-- Data for Name: installation; Type: TABLE DATA; Schema: public; Owner: -
COPY public.installation (only_row, uuid, system_identifier, database_name, database_oid, table_oid, created) FROM stdin;
t	546c84ca-fca8-434d-a378-01e1ce030e23	7713235335867318302	seedbed	16384	16399	2026-11-28 14:52:37.689053+00
\.
-- Data for Name: job; Type: TABLE DATA; Schema: public; Owner: -
COPY public.job (id, project_id, job_type_id, job_type_revision_id, status, priority, num_exes, max_tries, timeout, input, output, configuration, error, recipe_id, recipe_node, batch_id, is_superseded, superseded, dedupe_key, created_by, created, queued, started, ended, last_status_change, last_modified) FROM stdin;
1	1	1	1	COMPLETED	100	1	1	30	{"json": {}, "files": {"INPUT_IMAGE": [1]}, "version": "7"}	{"json": {}, "files": {"OUTPUT_IMAGE": [2]}, "version": "7"}	{"network": "none", "settings": {}}	\N	\N	\N	\N	f	\N	\N	root	2026-11-28 14:52:37.821131+00	2026-11-28 14:52:37.821131+00	2026-11-28 14:52:37.821131+00	2026-11-28 14:52:39.103889+00	2026-11-28 14:52:39.103889+00	2026-11-28 14:52:39.103889+00
2	1	2	2	COMPLETED	100	1	1	300	{"json": {}, "files": {"INPUT_IMAGE": [3]}, "version": "7"}	{"json": {"CORNERS": [[-34.9161655, -7.9498221], [-34.916589, -8.040516], [-34.8259656, -7.9502284], [-34.8263692, -8.040927]], "IMAGE_SIZE": {"width": 349, "height": 352}, "TILE_COUNT": 9}, "files": {"TILES": [4, 5, 6, 7, 8, 9, 10, 11, 12]}, "version": "7"}	{"network": "none", "settings": {}}	\N	\N	\N	\N	f	\N	\N	root	2026-11-28 14:52:39.976454+00	2026-11-28 14:52:39.976454+00	2026-11-28 14:52:39.976454+00	2026-11-28 14:52:41.034333+00	2026-11-28 14:52:41.034333+00	2026-11-28 14:52:41.034333+00
3	1	1	1	FAILED	100	1	1	30	{"json": {}, "files": {"INPUT_IMAGE": [13]}, "version": "7"}	\N	{"network": "none", "settings": {}}	{"code": "SB2002", "name": "image-Corrupt-1", "title": "image-Corrupt-1", "message": "The job ended with exit code 1: Image input is not recognized as a valid PNG; read its standard error: /home/ada/.seedbed-old/logs/546c84ca-fca8-434d-a378-01e1ce030e23/3/stderr.log", "category": "data"}	\N	\N	\N	f	\N	\N	root	2026-11-28 14:52:41.697097+00	2026-11-28 14:52:41.697097+00	2026-11-28 14:52:41.697097+00	2026-11-28 14:52:42.787355+00	2026-11-28 14:52:42.787355+00	2026-11-28 14:52:42.787355+00
\.
-- Data for Name: job_exe; Type: TABLE DATA; Schema: public; Owner: -
COPY public.job_exe (id, job_id, exe_num, epoch, status, runtime, node, image_id, configuration, attempt_directory, stdout_path, stderr_path, resources, exit_code, error, output, steps, queued, started, ended, created) FROM stdin;
1	1	1	1	COMPLETED	249725143315228	laptop	sha256:8f7211e8ad8bd6f4852939ba3c7a0edbb43d726177b5893ba1723f5b8d5d7bf0	{}	/data/ada/stamped/.seedbed-e22df3ee-91e4-4fc2-89d8-104b6796404d	/home/ada/.seedbed-old/logs/546c84ca-fca8-434d-a378-01e1ce030e23/1/stdout.log	/home/ada/.seedbed-old/logs/546c84ca-fca8-434d-a378-01e1ce030e23/1/stderr.log	{"mem": 64, "cpus": 1, "disk": 0}	0	\N	{"json": {}, "files": {"OUTPUT_IMAGE": [2]}, "version": "7"}	[{"ms": 126.4, "name": "validate"}, {"ms": 140.2, "name": "build"}, {"ms": 134, "name": "register"}, {"ms": 3.9, "name": "stage-in"}, {"ms": 651.7, "name": "launch"}, {"ms": 471.3, "name": "run"}, {"ms": 13.9, "name": "harvest"}, {"ms": 3, "name": "sidecars"}]	2026-11-28 14:52:37.821131+00	2026-11-28 14:52:37.821131+00	2026-11-28 14:52:39.103889+00	2026-11-28 14:52:37.821131+00
2	2	1	1	COMPLETED	137987352281565	laptop	sha256:cd68553e3be9f2827db45ef80eb769abf070df4d51655a9b95046cc261935abb	{}	/data/ada/tiles/.seedbed-30dfabc5-68aa-4e7e-9f03-257cb5cfdfb5	/home/ada/.seedbed-old/logs/546c84ca-fca8-434d-a378-01e1ce030e23/2/stdout.log	/home/ada/.seedbed-old/logs/546c84ca-fca8-434d-a378-01e1ce030e23/2/stderr.log	{"mem": 133, "cpus": 1, "disk": 2}	0	\N	{"json": {"CORNERS": [[-34.9161655, -7.9498221], [-34.916589, -8.040516], [-34.8259656, -7.9502284], [-34.8263692, -8.040927]], "IMAGE_SIZE": {"width": 349, "height": 352}, "TILE_COUNT": 9}, "files": {"TILES": [4, 5, 6, 7, 8, 9, 10, 11, 12]}, "version": "7"}	[{"ms": 53.6, "name": "validate"}, {"ms": 116.5, "name": "build"}, {"ms": 73.4, "name": "register"}, {"ms": 20.6, "name": "stage-in"}, {"ms": 486.6, "name": "launch"}, {"ms": 295.1, "name": "run"}, {"ms": 51.1, "name": "harvest"}, {"ms": 19.4, "name": "sidecars"}]	2026-11-28 14:52:39.976454+00	2026-11-28 14:52:39.976454+00	2026-11-28 14:52:41.034333+00	2026-11-28 14:52:39.976454+00
3	3	1	1	FAILED	157526284078838	laptop	sha256:8f7211e8ad8bd6f4852939ba3c7a0edbb43d726177b5893ba1723f5b8d5d7bf0	{}	/data/ada/bad/.seedbed-3c4d100d-0ca4-49f6-87cf-a4a5932be076	/home/ada/.seedbed-old/logs/546c84ca-fca8-434d-a378-01e1ce030e23/3/stdout.log	/home/ada/.seedbed-old/logs/546c84ca-fca8-434d-a378-01e1ce030e23/3/stderr.log	{"mem": 64, "cpus": 1, "disk": 0}	1	{"code": "SB2002", "name": "image-Corrupt-1", "title": "image-Corrupt-1", "message": "The job ended with exit code 1: Image input is not recognized as a valid PNG; read its standard error: /home/ada/.seedbed-old/logs/546c84ca-fca8-434d-a378-01e1ce030e23/3/stderr.log", "category": "data"}	\N	[{"ms": 18.3, "name": "validate"}, {"ms": 95.7, "name": "build"}, {"ms": 76, "name": "register"}, {"ms": 8.2, "name": "stage-in"}, {"ms": 532.4, "name": "launch"}, {"ms": 443.2, "name": "run"}, {"ms": 11.8, "name": "harvest"}]	2026-11-28 14:52:41.697097+00	2026-11-28 14:52:41.697097+00	2026-11-28 14:52:42.787355+00	2026-11-28 14:52:41.697097+00
\.
-- Data for Name: job_input_file; Type: TABLE DATA; Schema: public; Owner: -
COPY public.job_input_file (job_id, input_file_id, job_input, "position") FROM stdin;
1	1	INPUT_IMAGE	0
2	3	INPUT_IMAGE	0
3	13	INPUT_IMAGE	0
\.
-- Data for Name: job_type; Type: TABLE DATA; Schema: public; Owner: -
COPY public.job_type (id, project_id, name, version, title, description, manifest, docker_image, configuration, revision_num, is_active, is_paused, is_system, max_scheduled, created_by, created, deprecated, paused, last_modified) FROM stdin;
1	1	image-watermark	0.1.0	Image Watermarker	Processes an input PNG and outputs watermarked PNG.	{"job": {"name": "image-watermark", "title": "Image Watermarker", "errors": [{"code": 1, "name": "image-Corrupt-1", "category": "data", "description": "Image input is not recognized as a valid PNG."}, {"code": 2, "name": "algorithm-failure"}], "timeout": 30, "interface": {"inputs": {"files": [{"name": "INPUT_IMAGE"}]}, "command": "${INPUT_IMAGE} ${OUTPUT_DIR}", "outputs": {"files": [{"name": "OUTPUT_IMAGE", "pattern": "*_watermark.png"}]}}, "resources": {"scalar": [{"name": "cpus", "value": 1}, {"name": "mem", "value": 64}]}, "jobVersion": "0.1.0", "maintainer": {"name": "John Doe", "email": "jdoe@example.com"}, "description": "Processes an input PNG and outputs watermarked PNG.", "packageVersion": "0.1.0"}, "seedVersion": "1.0.0"}	image-watermark-0.1.0-seed:0.1.0	{}	1	t	f	f	\N	root	2026-11-28 14:52:37.821131+00	\N	\N	2026-11-28 14:52:37.821131+00
2	1	image-tiles	1.0.0	Image tiler	Cuts an image into square PNG tiles, each with its own footprint if the image is a GeoTIFF.	{"job": {"name": "image-tiles", "tags": ["tiles", "geotiff", "png"], "title": "Image tiler", "errors": [{"code": 1, "name": "unreadable-image", "title": "Unreadable image", "category": "data", "description": "The input is not an image that Pillow can read."}, {"code": 2, "name": "bad-tile-size", "title": "Unsuitable tile size", "category": "data", "description": "TILE_SIZE must be at least 16 and give at most 10,000 tiles."}], "timeout": 300, "interface": {"inputs": {"json": [{"name": "TILE_SIZE", "type": "integer", "required": false}], "files": [{"name": "INPUT_IMAGE", "mediaTypes": ["image/tiff", "image/png", "image/jpeg"]}]}, "command": "${INPUT_IMAGE} ${OUTPUT_DIR} ${TILE_SIZE/#/--tile-size }", "outputs": {"json": [{"key": "tileCount", "name": "TILE_COUNT", "type": "integer"}, {"key": "imageSize", "name": "IMAGE_SIZE", "type": "object"}, {"key": "corners", "name": "CORNERS", "type": "array", "required": false}], "files": [{"name": "TILES", "pattern": "tiles/*.png", "multiple": true, "mediaType": "image/png"}]}}, "resources": {"scalar": [{"name": "cpus", "value": 1}, {"name": "mem", "value": 128, "inputMultiplier": 20}, {"name": "disk", "value": 1, "inputMultiplier": 2}]}, "jobVersion": "1.0.0", "maintainer": {"name": "John Doe", "email": "jdoe@example.com"}, "description": "Cuts an image into square PNG tiles, each with its own footprint if the image is a GeoTIFF.", "packageVersion": "1.0.0"}, "seedVersion": "1.0.0"}	image-tiles-1.0.0-seed:1.0.0	{}	1	t	f	f	\N	root	2026-11-28 14:52:39.976454+00	\N	\N	2026-11-28 14:52:39.976454+00
\.
-- Data for Name: job_type_revision; Type: TABLE DATA; Schema: public; Owner: -
COPY public.job_type_revision (id, job_type_id, revision_num, manifest, docker_image, created) FROM stdin;
1	1	1	{"job": {"name": "image-watermark", "title": "Image Watermarker", "errors": [{"code": 1, "name": "image-Corrupt-1", "category": "data", "description": "Image input is not recognized as a valid PNG."}, {"code": 2, "name": "algorithm-failure"}], "timeout": 30, "interface": {"inputs": {"files": [{"name": "INPUT_IMAGE"}]}, "command": "${INPUT_IMAGE} ${OUTPUT_DIR}", "outputs": {"files": [{"name": "OUTPUT_IMAGE", "pattern": "*_watermark.png"}]}}, "resources": {"scalar": [{"name": "cpus", "value": 1}, {"name": "mem", "value": 64}]}, "jobVersion": "0.1.0", "maintainer": {"name": "John Doe", "email": "jdoe@example.com"}, "description": "Processes an input PNG and outputs watermarked PNG.", "packageVersion": "0.1.0"}, "seedVersion": "1.0.0"}	image-watermark-0.1.0-seed:0.1.0	2026-11-28 14:52:37.821131+00
2	2	1	{"job": {"name": "image-tiles", "tags": ["tiles", "geotiff", "png"], "title": "Image tiler", "errors": [{"code": 1, "name": "unreadable-image", "title": "Unreadable image", "category": "data", "description": "The input is not an image that Pillow can read."}, {"code": 2, "name": "bad-tile-size", "title": "Unsuitable tile size", "category": "data", "description": "TILE_SIZE must be at least 16 and give at most 10,000 tiles."}], "timeout": 300, "interface": {"inputs": {"json": [{"name": "TILE_SIZE", "type": "integer", "required": false}], "files": [{"name": "INPUT_IMAGE", "mediaTypes": ["image/tiff", "image/png", "image/jpeg"]}]}, "command": "${INPUT_IMAGE} ${OUTPUT_DIR} ${TILE_SIZE/#/--tile-size }", "outputs": {"json": [{"key": "tileCount", "name": "TILE_COUNT", "type": "integer"}, {"key": "imageSize", "name": "IMAGE_SIZE", "type": "object"}, {"key": "corners", "name": "CORNERS", "type": "array", "required": false}], "files": [{"name": "TILES", "pattern": "tiles/*.png", "multiple": true, "mediaType": "image/png"}]}}, "resources": {"scalar": [{"name": "cpus", "value": 1}, {"name": "mem", "value": 128, "inputMultiplier": 20}, {"name": "disk", "value": 1, "inputMultiplier": 2}]}, "jobVersion": "1.0.0", "maintainer": {"name": "John Doe", "email": "jdoe@example.com"}, "description": "Cuts an image into square PNG tiles, each with its own footprint if the image is a GeoTIFF.", "packageVersion": "1.0.0"}, "seedVersion": "1.0.0"}	image-tiles-1.0.0-seed:1.0.0	2026-11-28 14:52:39.976454+00
\.
-- Data for Name: knex_migrations; Type: TABLE DATA; Schema: public; Owner: -
COPY public.knex_migrations (id, name, batch, migration_time) FROM stdin;
1	0001_installation	1	2026-11-28 14:52:37.413+00
2	0002_catalog	2	2026-11-28 14:52:37.502+00
3	0003_jobs	3	2026-11-28 14:52:37.577+00
4	0004_events	4	2026-11-28 14:52:37.654+00
\.
-- Data for Name: knex_migrations_lock; Type: TABLE DATA; Schema: public; Owner: -
COPY public.knex_migrations_lock (index, is_locked) FROM stdin;
1	0
\.
-- Data for Name: project; Type: TABLE DATA; Schema: public; Owner: -
COPY public.project (id, name, created) FROM stdin;
1	default	2026-11-28 14:52:37.453096+00
\.
-- Data for Name: scale_file; Type: TABLE DATA; Schema: public; Owner: -
COPY public.scale_file (id, uuid, version_id, workspace_id, file_path, file_name, file_type, media_type, file_size, sha256, file_stat, data_type_tags, is_deleted, created, deleted, last_modified, meta_data, geometry, bbox, center_point, countries, data_started, data_ended, source_started, source_ended, source_sensor_class, source_sensor, source_collection, source_task, is_parsed, parsed, job_exe_id, job_id, job_type_id, job_output, recipe_id, recipe_node, recipe_type_id, batch_id, has_been_published, is_published, is_superseded, published, unpublished, superseded) FROM stdin;
2	2605d395094ecc29e3882ac3d9134d36	01a222a4-db41-701a-8101-b4bdeccd2523	1	data/ada/stamped/sunset_watermark.png	sunset_watermark.png	PRODUCT	image/png	119207	dcb5af6bce709a61bbcfa64f9553ebc868ca1775062a57d8f6b2c2580016d6a8	1795877558934537180-13221949	{}	f	2026-11-28 14:52:39.103889+00	\N	2026-11-28 14:52:39.103889+00	{}	{"type": "Point", "coordinates": [-4.50846, 36.597442]}	(-4.50846,36.597442),(-4.50846,36.597442)	(-4.50846,36.597442)	{}	2017-10-27 06:38:52+00	2017-10-27 06:38:52+00	\N	\N	\N	\N	\N	\N	f	\N	1	1	1	OUTPUT_IMAGE	\N	\N	\N	\N	t	t	f	2026-11-28 14:52:39.103889+00	\N	\N
1	4889e8543f9e49e9ab04b667793e7de2	01a222a4-d66f-71c1-bce0-5fe43fe23bcf	1	data/ada/sample-jobs/image-watermark/inputs/INPUT_IMAGE/sunset.png	sunset.png	SOURCE	image/png	114244	362df25661c7930e411190e2dca8e248b068f2cf54fc464b74b28285509b27fd	1795877556220711424-13221942	{}	f	2026-11-28 14:52:37.821131+00	\N	2026-11-28 14:52:39.103889+00	{}	\N	\N	\N	{}	\N	\N	\N	\N	\N	\N	\N	\N	f	\N	\N	\N	\N	\N	\N	\N	\N	\N	f	f	f	\N	\N	\N
4	7d8a8645b6e0a7807a909f676c72d053	01a222a4-e2cb-764d-80b3-493f8c5ce523	1	data/ada/tiles/tiles/olinda-landsat7_000_000.png	olinda-landsat7_000_000.png	PRODUCT	image/png	28394	c74a238532fb989060ed31834374939bda55c781d4c8e9a0aa724e76779862ee	1795877560710537255-13221953	{tile}	f	2026-11-28 14:52:41.034333+00	\N	2026-11-28 14:52:41.034333+00	{"row": 0, "column": 0}	{"type": "Polygon", "coordinates": [[[-34.916165, -7.949822], [-34.91632, -7.982802], [-34.883235, -7.982951], [-34.883084, -7.949971], [-34.916165, -7.949822]]]}	(-34.883084,-7.949822),(-34.91632,-7.982951)	(-34.899701003047475,-7.966386832281814)	{}	\N	\N	\N	\N	\N	\N	\N	\N	f	\N	2	2	2	TILES	\N	\N	\N	\N	t	t	f	2026-11-28 14:52:41.034333+00	\N	\N
5	79d3634f7a582a81eaeeae9a8023e4ac	01a222a4-e2cb-764d-80b3-4edda0552fd2	1	data/ada/tiles/tiles/olinda-landsat7_000_001.png	olinda-landsat7_000_001.png	PRODUCT	image/png	30345	49557b1e7bcabfa81ec2a3edd02f4c66bab217feac38e3485cec15cf2abaee99	1795877560718680718-13221955	{tile}	f	2026-11-28 14:52:41.034333+00	\N	2026-11-28 14:52:41.034333+00	{"row": 0, "column": 1}	{"type": "Polygon", "coordinates": [[[-34.883084, -7.949971], [-34.883235, -7.982951], [-34.85015, -7.983101], [-34.850002, -7.95012], [-34.883084, -7.949971]]]}	(-34.850002,-7.949971),(-34.883235,-7.983101)	(-34.866617668672745,-7.966535999965746)	{}	\N	\N	\N	\N	\N	\N	\N	\N	f	\N	2	2	2	TILES	\N	\N	\N	\N	t	t	f	2026-11-28 14:52:41.034333+00	\N	\N
6	ccc2e48e16ba5a1a3e31c947bc896c62	01a222a4-e2cb-764d-80b3-5283b5552dca	1	data/ada/tiles/tiles/olinda-landsat7_000_002.png	olinda-landsat7_000_002.png	PRODUCT	image/png	22652	9dedb33fd78d6214f7b2eff553f2a5d255f4191daae254d32f90b80ca5beab0d	1795877560720598770-13221957	{tile}	f	2026-11-28 14:52:41.034333+00	\N	2026-11-28 14:52:41.034333+00	{"row": 0, "column": 2}	{"type": "Polygon", "coordinates": [[[-34.850002, -7.95012], [-34.85015, -7.983101], [-34.826112, -7.98321], [-34.825966, -7.950228], [-34.850002, -7.95012]]]}	(-34.825966,-7.95012),(-34.85015,-7.98321)	(-34.83805744083747,-7.96666497946232)	{}	\N	\N	\N	\N	\N	\N	\N	\N	f	\N	2	2	2	TILES	\N	\N	\N	\N	t	t	f	2026-11-28 14:52:41.034333+00	\N	\N
7	115826f8d914fee8f276942c8dc12661	01a222a4-e2cb-764d-80b3-5425f488a515	1	data/ada/tiles/tiles/olinda-landsat7_001_000.png	olinda-landsat7_001_000.png	PRODUCT	image/png	30860	3ae65663c0d2ad2640d5429cd745020f1025862c8abdd259c5f6d676270ceab6	1795877560726537256-13221959	{tile}	f	2026-11-28 14:52:41.034333+00	\N	2026-11-28 14:52:41.034333+00	{"row": 1, "column": 0}	{"type": "Polygon", "coordinates": [[[-34.91632, -7.982802], [-34.916474, -8.015781], [-34.883386, -8.015932], [-34.883235, -7.982951], [-34.91632, -7.982802]]]}	(-34.883235,-7.982802),(-34.916474,-8.015932)	(-34.89985358509147,-7.999366750711104)	{}	\N	\N	\N	\N	\N	\N	\N	\N	f	\N	2	2	2	TILES	\N	\N	\N	\N	t	t	f	2026-11-28 14:52:41.034333+00	\N	\N
8	536b1f7ead72ab41e36f37d6a38506f5	01a222a4-e2cb-764d-80b3-5a01fb11c00a	1	data/ada/tiles/tiles/olinda-landsat7_001_001.png	olinda-landsat7_001_001.png	PRODUCT	image/png	31558	5e468e2e4bbf531051a0201ed934ac2c515adc529e0c7aa74f5ee0a82b8bc58d	1795877560735818901-13221961	{tile}	f	2026-11-28 14:52:41.034333+00	\N	2026-11-28 14:52:41.034333+00	{"row": 1, "column": 1}	{"type": "Polygon", "coordinates": [[[-34.883235, -7.982951], [-34.883386, -8.015932], [-34.850299, -8.016082], [-34.85015, -7.983101], [-34.883235, -7.982951]]]}	(-34.85015,-7.982951),(-34.883386,-8.016082)	(-34.866767501513586,-7.99951666613088)	{}	\N	\N	\N	\N	\N	\N	\N	\N	f	\N	2	2	2	TILES	\N	\N	\N	\N	t	t	f	2026-11-28 14:52:41.034333+00	\N	\N
9	9432c62c9e6291ad2b142fbad04ac77f	01a222a4-e2cb-764d-80b3-5eb1f0baa15c	1	data/ada/tiles/tiles/olinda-landsat7_001_002.png	olinda-landsat7_001_002.png	PRODUCT	image/png	20761	2a3f7292ccbb07fb07205734f7afa7a5f887a4385b0acb50b510ff6d8c1ea21d	1795877560738704807-13221963	{tile}	f	2026-11-28 14:52:41.034333+00	\N	2026-11-28 14:52:41.034333+00	{"row": 1, "column": 2}	{"type": "Polygon", "coordinates": [[[-34.85015, -7.983101], [-34.850299, -8.016082], [-34.826259, -8.016191], [-34.826112, -7.98321], [-34.85015, -7.983101]]]}	(-34.826112,-7.983101),(-34.850299,-8.016191)	(-34.8382050015769,-7.999646228655995)	{}	\N	\N	\N	\N	\N	\N	\N	\N	f	\N	2	2	2	TILES	\N	\N	\N	\N	t	t	f	2026-11-28 14:52:41.034333+00	\N	\N
10	d1e8096491adcb281f4790be17c04bbe	01a222a4-e2cc-73be-ac5e-373b10dc511d	1	data/ada/tiles/tiles/olinda-landsat7_002_000.png	olinda-landsat7_002_000.png	PRODUCT	image/png	24165	9f8589051b1d4dc1f54fad992e4a52179a2f62430fb212a67bf5b212af8633cb	1795877560742537256-13221965	{tile}	f	2026-11-28 14:52:41.034333+00	\N	2026-11-28 14:52:41.034333+00	{"row": 2, "column": 0}	{"type": "Polygon", "coordinates": [[[-34.916474, -8.015781], [-34.916589, -8.040516], [-34.8835, -8.040667], [-34.883386, -8.015932], [-34.916474, -8.015781]]]}	(-34.883386,-8.015781),(-34.916589,-8.040667)	(-34.899987250797075,-8.02822406229142)	{}	\N	\N	\N	\N	\N	\N	\N	\N	f	\N	2	2	2	TILES	\N	\N	\N	\N	t	t	f	2026-11-28 14:52:41.034333+00	\N	\N
11	8ca64c5fe42a3652f6500f82073d4fcc	01a222a4-e2cc-73be-ac5e-3acd7ed610d0	1	data/ada/tiles/tiles/olinda-landsat7_002_001.png	olinda-landsat7_002_001.png	PRODUCT	image/png	23769	faea7078e792fec960b17947bc43a37d204f7c3bef619b1d93bd7891ec76a8e2	1795877560747819591-13221967	{tile}	f	2026-11-28 14:52:41.034333+00	\N	2026-11-28 14:52:41.034333+00	{"row": 2, "column": 1}	{"type": "Polygon", "coordinates": [[[-34.883386, -8.015932], [-34.8835, -8.040667], [-34.850411, -8.040817], [-34.850299, -8.016082], [-34.883386, -8.015932]]]}	(-34.850299,-8.015932),(-34.8835,-8.040817)	(-34.86689900157987,-8.028374624584835)	{}	\N	\N	\N	\N	\N	\N	\N	\N	f	\N	2	2	2	TILES	\N	\N	\N	\N	t	t	f	2026-11-28 14:52:41.034333+00	\N	\N
3	132891a44d9e4c18b139dba61317aece	01a222a4-deb3-75f3-b11e-aa8ddbb5fdac	1	data/ada/sample-jobs/image-tiles/inputs/INPUT_IMAGE/olinda-landsat7.tif	olinda-landsat7.tif	SOURCE	image/tiff	243471	5862f5ef8244cf9e93582b07bf3a3d50c2c541caccf48710866829e88cf342e4	1795877556220224903-13221932	{}	f	2026-11-28 14:52:39.976454+00	\N	2026-11-28 14:52:41.034333+00	{}	\N	\N	\N	{}	\N	\N	\N	\N	\N	\N	\N	\N	f	\N	\N	\N	\N	\N	\N	\N	\N	\N	f	f	f	\N	\N	\N
12	d45aa8a94f3d12da1100d3f38997a9fc	01a222a4-e2cc-73be-ac5e-3d90bcf29ec7	1	data/ada/tiles/tiles/olinda-landsat7_002_002.png	olinda-landsat7_002_002.png	PRODUCT	image/png	11937	af8e92e200296e592ac7b8a46ce303d96e4dd21b3f93c626ee17da91944dc46a	1795877560751551523-13221969	{tile}	f	2026-11-28 14:52:41.034333+00	\N	2026-11-28 14:52:41.034333+00	{"row": 2, "column": 2}	{"type": "Polygon", "coordinates": [[[-34.850299, -8.016082], [-34.850411, -8.040817], [-34.826369, -8.040927], [-34.826259, -8.016191], [-34.850299, -8.016082]]]}	(-34.826259,-8.016082),(-34.850411,-8.040927)	(-34.8383344205171,-8.02850442222814)	{}	\N	\N	\N	\N	\N	\N	\N	\N	f	\N	2	2	2	TILES	\N	\N	\N	\N	t	t	f	2026-11-28 14:52:41.034333+00	\N	\N
13	c351b4994a4549078b7cdb6967b095c0	01a222a4-e56e-742a-aa6c-e2c572165b85	1	data/ada/sample-jobs/image-watermark/seed.manifest.json	seed.manifest.json	SOURCE	application/json	1144	1120000b496aecaa96aad21af4257c959c911b2eadb1a642a1f54564eb210147	1795877556220785067-13221943	{}	f	2026-11-28 14:52:41.697097+00	\N	2026-11-28 14:52:42.787355+00	{}	\N	\N	\N	{}	\N	\N	\N	\N	\N	\N	\N	\N	f	\N	\N	\N	\N	\N	\N	\N	\N	\N	f	f	f	\N	\N	\N
\.
-- Data for Name: workspace; Type: TABLE DATA; Schema: public; Owner: -
COPY public.workspace (id, project_id, name, title, description, json_config, base_url, is_active, created_by, created, deprecated, last_modified) FROM stdin;
1	1	local-laptop	Files of laptop	Every file of this machine, by its absolute path.	{"broker": {"type": "host", "host_path": "/"}, "version": "7"}	\N	t	\N	2026-11-28 14:52:37.821131+00	\N	2026-11-28 14:52:37.821131+00
\.
-- Name: event_id; Type: SEQUENCE SET; Schema: public; Owner: -
SELECT pg_catalog.setval('public.event_id', 11, true);
-- Name: job_exe_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
SELECT pg_catalog.setval('public.job_exe_id_seq', 3, true);
-- Name: job_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
SELECT pg_catalog.setval('public.job_id_seq', 3, true);
-- Name: job_type_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
SELECT pg_catalog.setval('public.job_type_id_seq', 2, true);
-- Name: job_type_revision_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
SELECT pg_catalog.setval('public.job_type_revision_id_seq', 2, true);
-- Name: knex_migrations_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
SELECT pg_catalog.setval('public.knex_migrations_id_seq', 4, true);
-- Name: knex_migrations_lock_index_seq; Type: SEQUENCE SET; Schema: public; Owner: -
SELECT pg_catalog.setval('public.knex_migrations_lock_index_seq', 1, true);
-- Name: project_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
SELECT pg_catalog.setval('public.project_id_seq', 2, false);
-- Name: scale_file_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
SELECT pg_catalog.setval('public.scale_file_id_seq', 13, true);
-- Name: workspace_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
SELECT pg_catalog.setval('public.workspace_id_seq', 1, true);
-- Name: event event_pkey; Type: CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (at, id);
-- Name: event_2026_11 event_2026_11_pkey; Type: CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.event_2026_11
    ADD CONSTRAINT event_2026_11_pkey PRIMARY KEY (at, id);
-- Name: event_2026_12 event_2026_12_pkey; Type: CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.event_2026_12
    ADD CONSTRAINT event_2026_12_pkey PRIMARY KEY (at, id);
-- Name: file_ancestry_link file_ancestry_link_pkey; Type: CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.file_ancestry_link
    ADD CONSTRAINT file_ancestry_link_pkey PRIMARY KEY (descendant_id, ancestor_id);
-- Name: installation installation_pkey; Type: CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.installation
    ADD CONSTRAINT installation_pkey PRIMARY KEY (only_row);
-- Name: job job_dedupe_key_key; Type: CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_dedupe_key_key UNIQUE (dedupe_key);
-- Name: job_exe job_exe_job_id_exe_num_key; Type: CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.job_exe
    ADD CONSTRAINT job_exe_job_id_exe_num_key UNIQUE (job_id, exe_num);
-- Name: job_exe job_exe_pkey; Type: CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.job_exe
    ADD CONSTRAINT job_exe_pkey PRIMARY KEY (id);
-- Name: job_input_file job_input_file_pkey; Type: CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.job_input_file
    ADD CONSTRAINT job_input_file_pkey PRIMARY KEY (job_id, job_input, "position");
-- Name: job job_pkey; Type: CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_pkey PRIMARY KEY (id);
-- Name: job_type job_type_pkey; Type: CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.job_type
    ADD CONSTRAINT job_type_pkey PRIMARY KEY (id);
-- Name: job_type job_type_project_id_name_version_key; Type: CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.job_type
    ADD CONSTRAINT job_type_project_id_name_version_key UNIQUE (project_id, name, version);
-- Name: job_type_revision job_type_revision_job_type_id_revision_num_key; Type: CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.job_type_revision
    ADD CONSTRAINT job_type_revision_job_type_id_revision_num_key UNIQUE (job_type_id, revision_num);
-- Name: job_type_revision job_type_revision_pkey; Type: CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.job_type_revision
    ADD CONSTRAINT job_type_revision_pkey PRIMARY KEY (id);
-- Name: knex_migrations_lock knex_migrations_lock_pkey; Type: CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.knex_migrations_lock
    ADD CONSTRAINT knex_migrations_lock_pkey PRIMARY KEY (index);
-- Name: knex_migrations knex_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.knex_migrations
    ADD CONSTRAINT knex_migrations_pkey PRIMARY KEY (id);
-- Name: project project_name_key; Type: CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.project
    ADD CONSTRAINT project_name_key UNIQUE (name);
-- Name: project project_pkey; Type: CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.project
    ADD CONSTRAINT project_pkey PRIMARY KEY (id);
-- Name: scale_file scale_file_pkey; Type: CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.scale_file
    ADD CONSTRAINT scale_file_pkey PRIMARY KEY (id);
-- Name: scale_file scale_file_version_id_key; Type: CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.scale_file
    ADD CONSTRAINT scale_file_version_id_key UNIQUE (version_id);
-- Name: workspace workspace_pkey; Type: CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.workspace
    ADD CONSTRAINT workspace_pkey PRIMARY KEY (id);
-- Name: workspace workspace_project_id_name_key; Type: CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.workspace
    ADD CONSTRAINT workspace_project_id_name_key UNIQUE (project_id, name);
-- Name: event_of_entity; Type: INDEX; Schema: public; Owner: -
CREATE INDEX event_of_entity ON ONLY public.event USING btree (entity, entity_id, id);
-- Name: event_2026_11_entity_entity_id_id_idx; Type: INDEX; Schema: public; Owner: -
CREATE INDEX event_2026_11_entity_entity_id_id_idx ON public.event_2026_11 USING btree (entity, entity_id, id);
-- Name: event_cursor; Type: INDEX; Schema: public; Owner: -
CREATE INDEX event_cursor ON ONLY public.event USING btree (xid, id);
-- Name: event_2026_11_xid_id_idx; Type: INDEX; Schema: public; Owner: -
CREATE INDEX event_2026_11_xid_id_idx ON public.event_2026_11 USING btree (xid, id);
-- Name: event_2026_12_entity_entity_id_id_idx; Type: INDEX; Schema: public; Owner: -
CREATE INDEX event_2026_12_entity_entity_id_id_idx ON public.event_2026_12 USING btree (entity, entity_id, id);
-- Name: event_2026_12_xid_id_idx; Type: INDEX; Schema: public; Owner: -
CREATE INDEX event_2026_12_xid_id_idx ON public.event_2026_12 USING btree (xid, id);
-- Name: file_ancestry_link_ancestor; Type: INDEX; Schema: public; Owner: -
CREATE INDEX file_ancestry_link_ancestor ON public.file_ancestry_link USING btree (ancestor_id);
-- Name: job_exe_running; Type: INDEX; Schema: public; Owner: -
CREATE INDEX job_exe_running ON public.job_exe USING btree (runtime) WHERE (status = 'RUNNING'::text);
-- Name: job_input_file_file; Type: INDEX; Schema: public; Owner: -
CREATE INDEX job_input_file_file ON public.job_input_file USING btree (input_file_id);
-- Name: job_of_recipe; Type: INDEX; Schema: public; Owner: -
CREATE INDEX job_of_recipe ON public.job USING btree (recipe_id) WHERE (recipe_id IS NOT NULL);
-- Name: job_of_type; Type: INDEX; Schema: public; Owner: -
CREATE INDEX job_of_type ON public.job USING btree (job_type_id, status);
-- Name: job_status; Type: INDEX; Schema: public; Owner: -
CREATE INDEX job_status ON public.job USING btree (status, last_status_change);
-- Name: scale_file_area_time; Type: INDEX; Schema: public; Owner: -
CREATE INDEX scale_file_area_time ON public.scale_file USING gist (bbox, span);
-- Name: scale_file_collection; Type: INDEX; Schema: public; Owner: -
CREATE INDEX scale_file_collection ON public.scale_file USING hash (source_collection) WHERE (source_collection IS NOT NULL);
-- Name: scale_file_current; Type: INDEX; Schema: public; Owner: -
CREATE UNIQUE INDEX scale_file_current ON public.scale_file USING btree (workspace_id, md5(file_path)) WHERE ((NOT is_superseded) AND (NOT is_deleted));
-- Name: scale_file_job; Type: INDEX; Schema: public; Owner: -
CREATE INDEX scale_file_job ON public.scale_file USING btree (job_id) WHERE (job_id IS NOT NULL);
-- Name: scale_file_job_exe; Type: INDEX; Schema: public; Owner: -
CREATE INDEX scale_file_job_exe ON public.scale_file USING btree (job_exe_id) WHERE (job_exe_id IS NOT NULL);
-- Name: scale_file_name; Type: INDEX; Schema: public; Owner: -
CREATE INDEX scale_file_name ON public.scale_file USING btree (file_name);
-- Name: scale_file_sensor; Type: INDEX; Schema: public; Owner: -
CREATE INDEX scale_file_sensor ON public.scale_file USING hash (source_sensor) WHERE (source_sensor IS NOT NULL);
-- Name: scale_file_sensor_class; Type: INDEX; Schema: public; Owner: -
CREATE INDEX scale_file_sensor_class ON public.scale_file USING hash (source_sensor_class) WHERE (source_sensor_class IS NOT NULL);
-- Name: scale_file_tags; Type: INDEX; Schema: public; Owner: -
CREATE INDEX scale_file_tags ON public.scale_file USING gin (data_type_tags);
-- Name: scale_file_task; Type: INDEX; Schema: public; Owner: -
CREATE INDEX scale_file_task ON public.scale_file USING hash (source_task) WHERE (source_task IS NOT NULL);
-- Name: scale_file_time; Type: INDEX; Schema: public; Owner: -
CREATE INDEX scale_file_time ON public.scale_file USING gist (span);
-- Name: scale_file_uuid; Type: INDEX; Schema: public; Owner: -
CREATE INDEX scale_file_uuid ON public.scale_file USING btree (uuid);
-- Name: event_2026_11_entity_entity_id_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
ALTER INDEX public.event_of_entity ATTACH PARTITION public.event_2026_11_entity_entity_id_id_idx;
-- Name: event_2026_11_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
ALTER INDEX public.event_pkey ATTACH PARTITION public.event_2026_11_pkey;
-- Name: event_2026_11_xid_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
ALTER INDEX public.event_cursor ATTACH PARTITION public.event_2026_11_xid_id_idx;
-- Name: event_2026_12_entity_entity_id_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
ALTER INDEX public.event_of_entity ATTACH PARTITION public.event_2026_12_entity_entity_id_id_idx;
-- Name: event_2026_12_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
ALTER INDEX public.event_pkey ATTACH PARTITION public.event_2026_12_pkey;
-- Name: event_2026_12_xid_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
ALTER INDEX public.event_cursor ATTACH PARTITION public.event_2026_12_xid_id_idx;
-- Name: file_ancestry_link file_ancestry_link_ancestor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.file_ancestry_link
    ADD CONSTRAINT file_ancestry_link_ancestor_id_fkey FOREIGN KEY (ancestor_id) REFERENCES public.scale_file(id);
-- Name: file_ancestry_link file_ancestry_link_descendant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.file_ancestry_link
    ADD CONSTRAINT file_ancestry_link_descendant_id_fkey FOREIGN KEY (descendant_id) REFERENCES public.scale_file(id);
-- Name: job_exe job_exe_job_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.job_exe
    ADD CONSTRAINT job_exe_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.job(id);
-- Name: job_input_file job_input_file_input_file_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.job_input_file
    ADD CONSTRAINT job_input_file_input_file_id_fkey FOREIGN KEY (input_file_id) REFERENCES public.scale_file(id);
-- Name: job_input_file job_input_file_job_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.job_input_file
    ADD CONSTRAINT job_input_file_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.job(id);
-- Name: job job_job_type_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_job_type_id_fkey FOREIGN KEY (job_type_id) REFERENCES public.job_type(id);
-- Name: job job_job_type_revision_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_job_type_revision_id_fkey FOREIGN KEY (job_type_revision_id) REFERENCES public.job_type_revision(id);
-- Name: job job_project_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.project(id);
-- Name: job_type job_type_project_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.job_type
    ADD CONSTRAINT job_type_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.project(id);
-- Name: job_type_revision job_type_revision_job_type_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.job_type_revision
    ADD CONSTRAINT job_type_revision_job_type_id_fkey FOREIGN KEY (job_type_id) REFERENCES public.job_type(id);
-- Name: scale_file scale_file_job_exe_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.scale_file
    ADD CONSTRAINT scale_file_job_exe_id_fkey FOREIGN KEY (job_exe_id) REFERENCES public.job_exe(id);
-- Name: scale_file scale_file_job_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.scale_file
    ADD CONSTRAINT scale_file_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.job(id);
-- Name: scale_file scale_file_job_type_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.scale_file
    ADD CONSTRAINT scale_file_job_type_id_fkey FOREIGN KEY (job_type_id) REFERENCES public.job_type(id);
-- Name: scale_file scale_file_workspace_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.scale_file
    ADD CONSTRAINT scale_file_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
-- Name: workspace workspace_project_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
ALTER TABLE ONLY public.workspace
    ADD CONSTRAINT workspace_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.project(id);
-- PostgreSQL database dump complete
