import type {
  DataInterface,
  DefinedNode,
  InterfaceDocument,
  NodeDocument,
  RecipeDefinition,
  RecipeDefinitionDocument,
} from '../../../seed-schema/index.ts';
import type { KnownTypes } from '../interface.ts';

/** Of a type that is not known; there is no such revision. */
const noRevision = 0;

/** A definition of the right shape with every default filled in, and the newest revision of what it gives none of. */
export function normalised(document: RecipeDefinitionDocument, known: KnownTypes): RecipeDefinition {
  const { version = '7', input = {}, output = {}, nodes = {} } = document;
  return {
    version,
    input: interfaceOf(input),
    output,
    nodes: Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, nodeOf(node, known)])),
  };
}

/** With every default filled in. */
export function interfaceOf({ files = [], json = [] }: InterfaceDocument): DataInterface {
  return {
    files: files.map(({ name, media_types = [], required = true, multiple = false }) => ({
      name,
      media_types,
      required,
      multiple,
    })),
    json: json.map(({ name, type, required = true }) => ({ name, type, required })),
  };
}

function nodeOf(node: NodeDocument, known: KnownTypes): DefinedNode {
  const { dependencies = [], input = {}, node_type, forEach, configuration } = node;
  const acceptances = new Map(dependencies.map(({ name, acceptance = true }) => [name, acceptance]));
  return {
    dependencies: [...acceptances].map(([name, acceptance]) => ({ name, acceptance })),
    input,
    node_type: nodeTypeOf(node_type, known),
    ...(forEach !== undefined && {
      forEach: { require: 'all', ...(typeof forEach === 'string' ? { input: forEach } : forEach) },
    }),
    ...(configuration && { configuration }),
  };
}

function nodeTypeOf(type: NodeDocument['node_type'], known: KnownTypes): DefinedNode['node_type'] {
  switch (type.node_type) {
    case 'job':
      return {
        ...type,
        job_type_revision:
          type.job_type_revision ??
          known.newestJobType(type.job_type_name, type.job_type_version) ??
          noRevision,
      };
    case 'recipe':
      return {
        ...type,
        recipe_type_revision:
          type.recipe_type_revision ?? known.newestRecipeType(type.recipe_type_name) ?? noRevision,
      };
    case 'condition': {
      const { filters = [], all = true } = type.data_filter ?? {};
      return {
        node_type: 'condition',
        interface: interfaceOf(type.interface),
        data_filter: {
          filters: filters.map((filter) => ({ fields: [], all_fields: true, all_files: true, ...filter })),
          all,
        },
      };
    }
  }
}
