/** The functions of the library that expand `interface.command`: what `expandCommand` of runtime/execution does. */
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
`.trim();
