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
  var entries = [];
  seedJob.files.forEach(function (input) {
    var files = seedFiles(inputs[input.id]), names = seedDelivered(files);
    files.forEach(function (file, index) {
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

/** The rest of it, for tools that have a command. */
export const commandLibrary = String.raw`
function seedCharacters(text) { return text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]|[^]/g) || []; }

function seedText(fragments) { return fragments.map(function (one) { return one.text; }).join(''); }

function seedWord(word, scope) {
  return [].concat.apply([], word.map(function (piece) {
    if (piece.name === undefined) return [{ text: piece.text, quoted: piece.quoted, splits: true }];
    var fragments = seedExpand(piece, scope);
    if (!piece.quoted) return fragments;
    return [{ text: seedText(fragments), quoted: true, splits: fragments.every(function (one) { return one.splits; }) }];
  }));
}

function seedFields(fragments) {
  var fields = [], field;
  fragments.forEach(function (fragment) {
    var parts = fragment.quoted || !fragment.splits ? [fragment.text] : fragment.text.split(/[ \t\n]+/);
    parts.forEach(function (part, index) {
      if (index > 0 && field !== undefined) {
        fields.push(field);
        field = undefined;
      }
      if (fragment.quoted || part !== '') field = (field || '') + part;
    });
  });
  if (field !== undefined) fields.push(field);
  return fields;
}

function seedArguments(inputs, runtime) { return seedCommand(seedJob.command, seedScope(inputs, runtime)); }

function seedCommand(words, scope) {
  return [].concat.apply([], words.map(function (word) { return seedFields(seedWord(word, scope)); }));
}

function seedExpand(piece, scope) {
  var operation = piece.operation, variable = seedHas(scope, '$' + piece.name) ? scope['$' + piece.name] : undefined;
  function keep(text) { return [{ text: text, quoted: false, splits: variable.splits }]; }
  if (operation.kind === 'alternative') return seedAlternative(piece, variable, scope);
  var characters = seedCharacters(variable ? variable.value : '');
  if (operation.kind === 'length') return [{ text: String(characters.length), quoted: false, splits: true }];
  if (!variable) return [];
  if (operation.kind === 'substring') return keep(seedSubstring(characters, operation, scope));
  if (operation.kind === 'remove') return keep(seedRemove(characters, operation, scope));
  if (operation.kind === 'case') return keep(seedCase(characters, operation, scope));
  if (operation.kind === 'replace') return seedReplace(characters, operation, scope, keep);
  return keep(variable.value);
}

function seedAlternative(piece, variable, scope) {
  var operation = piece.operation, given = variable !== undefined && !(operation.orEmpty && variable.value === '');
  if (operation.operator === '+') return given ? seedWord(operation.word, scope) : [];
  if (given) return [{ text: variable.value, quoted: false, splits: variable.splits }];
  if (operation.operator === '?') throw new Error(piece.name + ' has no value, and the command needs one');
  var fragments = seedWord(operation.word, scope);
  if (operation.operator === '-') return fragments;
  var assigned = { value: seedText(fragments), splits: fragments.every(function (one) { return one.splits; }) };
  scope['$' + piece.name] = assigned;
  return [{ text: assigned.value, quoted: false, splits: assigned.splits }];
}

function seedWhole(word, scope) {
  var text = seedText(seedWord(word, scope)), inside = /^\s*\(([^()]*)\)\s*$/.exec(text), bare = inside ? inside[1] : text;
  if (/^\s*$/.test(bare)) return 0;
  if (!/^\s*[-+]?\s*(?:0|[1-9]\d*)\s*$/.test(bare)) throw new Error('Offset and length must be whole numbers');
  return Number(bare.replace(/\s/g, ''));
}

function seedSubstring(characters, operation, scope) {
  var total = characters.length, offset = seedWhole(operation.offset, scope), start = offset < 0 ? total + offset : offset;
  var length = operation.length ? seedWhole(operation.length, scope) : undefined;
  if (start < 0 || start > total) return '';
  var end = length === undefined ? total : length < 0 ? total + length : start + length;
  if (end < start) throw new Error('The substring ends before it begins');
  return characters.slice(start, end).join('');
}

function seedRemove(characters, operation, scope) {
  var pattern = seedPattern(operation.pattern, scope), span;
  span = seedSpan(pattern, characters, operation.from, operation.longest);
  if (!span) return characters.join('');
  return operation.from === 'prefix' ? characters.slice(span.end).join('') : characters.slice(0, span.start).join('');
}

function seedCase(characters, operation, scope) {
  var pattern = operation.pattern ? seedPattern(operation.pattern, scope) : [function () { return true; }];
  return characters.map(function (character, index) {
    if (!operation.all && index > 0) return character;
    if (seedEnds(pattern, [character], 0).indexOf(1) < 0) return character;
    var changed = operation.to === 'upper' ? character.toUpperCase() : character.toLowerCase();
    return seedCharacters(changed).length === 1 ? changed : character;
  }).join('');
}

function seedReplace(characters, operation, scope, keep) {
  var pattern = seedPattern(operation.pattern, scope), done = 0, result = [];
  var inserted = seedWord(operation.replacement, scope).map(function (one) {
    return { text: one.text, quoted: false, splits: one.splits };
  });
  seedSpans(pattern, characters, operation.which).forEach(function (span) {
    result = result.concat(keep(characters.slice(done, span.start).join('')), inserted);
    done = span.end;
  });
  return result.concat(keep(characters.slice(done).join('')));
}

function seedSpans(pattern, characters, which) {
  if (which === 'prefix' || which === 'suffix') {
    var span = seedSpan(pattern, characters, which, true);
    return span ? [span] : [];
  }
  var spans = [], at = 0, found;
  if (pattern.length === 0) return spans;
  do {
    found = undefined;
    for (; !found && at <= characters.length; at++) {
      var ends = seedEnds(pattern, characters, at);
      if (ends.length > 0) found = { start: at, end: ends[ends.length - 1] };
    }
    if (!found) break;
    spans.push(found);
    at = found.end;
  } while (which === 'all' && at < characters.length);
  return spans;
}

function seedSpan(pattern, characters, where, longest) {
  if (where === 'prefix') {
    var ends = seedEnds(pattern, characters, 0);
    return ends.length > 0 ? { start: 0, end: longest ? ends[ends.length - 1] : ends[0] } : undefined;
  }
  for (var step = 0; step <= characters.length; step++) {
    var start = longest ? step : characters.length - step;
    if (seedEnds(pattern, characters, start).indexOf(characters.length) >= 0) return { start: start, end: characters.length };
  }
  return undefined;
}

/* Where matches of a pattern that begin at a place can end, ascending. A pattern is a list of '*' and of tests of one character. */
function seedEnds(pattern, characters, from) {
  var ends = [from];
  pattern.forEach(function (token) {
    var next = [], at;
    if (token === '*') {
      if (ends.length > 0) for (at = ends[0]; at <= characters.length; at++) next.push(at);
    } else
      ends.forEach(function (end) {
        if (end < characters.length && token(characters[end])) next.push(end + 1);
      });
    ends = next;
  });
  return ends;
}

function seedPattern(word, scope) {
  var written = [], characters = [], tokens = [];
  seedWord(word, scope).forEach(function (fragment) {
    seedCharacters(fragment.text).forEach(function (character) { written.push({ is: character, quoted: fragment.quoted }); });
  });
  for (var i = 0; i < written.length; i++) {
    var escaped = written[i].is === '\\' && !written[i].quoted ? written[i + 1] : undefined;
    if (escaped) i++;
    characters.push(escaped ? { is: escaped.is, quoted: true } : written[i]);
  }
  for (var at = 0; at < characters.length; at++) {
    var one = characters[at], set = one.is === '[' && !one.quoted ? seedSet(characters, at) : undefined;
    if (one.quoted) tokens.push(seedSame(one.is));
    else if (one.is === '*') tokens.push('*');
    else if (one.is === '?') tokens.push(function () { return true; });
    else tokens.push(set ? set.test : seedSame(one.is));
    if (set) at = set.end;
  }
  return tokens;
}

function seedSame(character) { return function (found) { return found === character; }; }

function seedSet(characters, open) {
  var members = [];
  function special(index, character) { return !!characters[index] && characters[index].is === character && !characters[index].quoted; }
  var negated = special(open + 1, '!') || special(open + 1, '^'), first = open + (negated ? 2 : 1);
  function test(found) { return members.some(function (has) { return has(found); }) !== negated; }
  for (var at = first; at < characters.length; at++) {
    if (special(at, ']') && at > first) return { test: test, end: at };
    var named = seedClass(characters, at);
    if (named) {
      members.push(named.test);
      at = named.end;
    } else if (special(at + 1, '-') && characters[at + 2] && !special(at + 2, ']')) {
      members.push(seedBetween(characters[at].is, characters[at + 2].is));
      at += 2;
    } else members.push(seedSame(characters[at].is));
  }
  return undefined;
}

function seedCode(character) {
  var first = character.charCodeAt(0);
  return character.length === 1 ? first : (first - 55296) * 1024 + character.charCodeAt(1) - 56320 + 65536;
}

function seedBetween(low, high) {
  return function (found) { return seedCode(found) >= seedCode(low) && seedCode(found) <= seedCode(high); };
}

function seedClass(characters, at) {
  var classes = {
    alnum: '[\\p{L}\\p{Nd}]', alpha: '\\p{L}', ascii: '[\\0-\\x7f]', blank: '[ \\t]', cntrl: '\\p{Cc}', digit: '\\d',
    graph: '[^\\p{Z}\\p{C}]', lower: '\\p{Ll}', print: '[^\\p{C}]', punct: '[\\p{P}\\p{S}]', space: '\\s', upper: '\\p{Lu}',
    word: '[\\p{L}\\p{Nd}_]', xdigit: '[0-9A-Fa-f]'
  };
  var ahead = characters.slice(at, at + 10).map(function (one) { return one.quoted ? ' ' : one.is; }).join('');
  var found = /^\[:(\w+):\]/.exec(ahead);
  if (!found || !seedHas(classes, found[1])) return undefined;
  var pattern = new RegExp(classes[found[1]], 'u');
  return { test: function (character) { return pattern.test(character); }, end: at + found[0].length - 1 };
}`.trim();
