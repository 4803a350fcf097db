/**
 * What the expressions of a converted tool call, in JavaScript as CWL has it (ECMAScript 5.1). It does what
 * `runtime/execution` does for a job: `buildEnvironment`, `allocate`, `deliver`, `expandCommand`; test/seed-convert.test.ts
 * holds it to those. `seedJob`, which it reads, is data that stands before it.
 */
export const library = String.raw`
function seedHas(object, name) { return Object.prototype.hasOwnProperty.call(object, name); }

function seedFiles(value) { return value === null || value === undefined ? [] : [].concat(value); }

function seedDelivered(files) {
  var own = {}, taken = {}, counts = {};
  files.forEach(function (file) { own['$' + file.basename] = true; });
  return files.map(function (file) {
    var name = file.basename, number = (counts['$' + name] || 0) + 1, delivered = name;
    while (number > 1) {
      delivered = number + '_' + name;
      if (!taken['$' + delivered] && !own['$' + delivered]) break;
      number++;
    }
    counts['$' + name] = number;
    taken['$' + delivered] = true;
    return delivered;
  });
}

function seedAmount(resource, inputs) {
  var amount = resource.value;
  if (resource.inputMultiplier !== 0) {
    var bytes = 0;
    seedJob.files.forEach(function (input) {
      seedFiles(inputs[input.id]).forEach(function (file) { bytes += file.size; });
    });
    amount += resource.inputMultiplier * (bytes / 1048576);
    if (resource.whole) amount = Math.ceil(Number(amount.toFixed(6)));
  }
  return Math.max(amount, resource.least);
}

function seedAmountText(amount) {
  var parts = Number(amount.toPrecision(15)).toExponential().split('e');
  var digits = parts[0].replace(/[-.]/g, ''), point = Number(parts[1]) + 1;
  var whole = digits.slice(0, Math.max(point, 0));
  while (whole.length < point) whole += '0';
  var fraction = digits.slice(Math.max(point, 0));
  for (; point < 0; point++) fraction = '0' + fraction;
  return (whole || '0') + '.' + (fraction || '0');
}

function seedScope(inputs, runtime) {
  var scope = {};
  function put(name, value, splits) {
    if (value !== null && value !== undefined) scope['$' + name] = { value: value, splits: splits };
  }
  seedJob.settings.forEach(function (one) { put(one.variable, inputs[one.id], true); });
  seedJob.json.forEach(function (one) {
    var value = inputs[one.id];
    if (value === null || value === undefined) return;
    if (one.type === 'object' && (typeof value !== 'object' || Array.isArray(value)))
      throw new Error('The JSON input ' + one.id + ' must be an object');
    put(one.variable, typeof value === 'string' ? value : JSON.stringify(value), one.type !== 'array' && one.type !== 'object');
  });
  seedJob.files.forEach(function (one) {
    var files = seedFiles(inputs[one.id]);
    if (files.length === 0 && one.required) throw new Error('The input ' + one.id + ' needs a file');
    if (files.length === 0) return;
    put(one.variable, one.directory + (one.multiple ? '' : '/' + files[0].basename), false);
  });
  seedJob.resources.forEach(function (one) { put(one.variable, seedAmountText(seedAmount(one, inputs)), false); });
  put('OUTPUT_DIR', runtime.outdir, false);
  seedJob.settings.forEach(function (one) {
    var setting = scope['$' + one.variable];
    if (setting && !seedHas(scope, '$' + one.name)) scope['$' + one.name] = setting;
  });
  seedJob.image.forEach(function (one) {
    if (!seedHas(scope, '$' + one.name)) put(one.name, one.value, true);
  });
  return scope;
}

function seedVariable(name, inputs, runtime) {
  var scope = seedScope(inputs, runtime);
  return seedHas(scope, '$' + name) ? scope['$' + name].value : '';
}

function seedListing(inputs) {
  var entries = [], given = {};
  seedJob.files.forEach(function (input) {
    var files = seedFiles(inputs[input.id]), names = seedDelivered(files);
    files.forEach(function (file, index) {
      /* cwltool stages a file once, and says another path than it has. */
      if (file.location && given['$' + file.location])
        throw new Error('The file ' + file.basename + ' is given twice, which cwltool cannot do: give a copy');
      given['$' + file.location] = true;
      entries.push({ entry: file, entryname: input.directory + '/' + names[index] });
    });
  });
  seedJob.mounts.forEach(function (mount) {
    entries.push({ entry: inputs[mount.id], entryname: mount.path, writable: mount.writable });
  });
  return entries;
}

function seedCaptured(found, runtime) {
  return found.filter(function (file) {
    var path = file.path || '', root = runtime.outdir + '/';
    var relative = path.slice(0, root.length) === root ? path.slice(root.length) : path;
    if (file['class'] !== 'File' || /\.metadata\.json$/.test(relative)) return false;
    return relative !== 'seed.outputs.json' && relative !== 'results_manifest.json';
  });
}

function seedOne(found, runtime, name) {
  var files = seedCaptured(found, runtime);
  if (files.length > 1) throw new Error('The output ' + name + ' takes one file, and ' + files.length + ' match its pattern');
  return files.length === 1 ? files[0] : null;
}

function seedMany(found, runtime, name, required) {
  var files = seedCaptured(found, runtime);
  if (required && files.length === 0) throw new Error('The job left no file for its required output ' + name);
  return files;
}

function seedJson(found, key, type, required) {
  var document = found.length === 1 ? JSON.parse(found[0].contents) : {};
  if (!seedHas(document, key)) {
    if (required) throw new Error('seed.outputs.json has no member ' + key);
    return null;
  }
  var value = document[key];
  var actual = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  var expected = type === 'integer' ? 'number' : type;
  if (actual !== expected || (type === 'integer' && value % 1 !== 0))
    throw new Error('The member ' + key + ' of seed.outputs.json must be of type ' + type);
  return value;
}`.trim();
