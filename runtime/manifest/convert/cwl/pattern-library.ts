/** The functions of the library that match patterns, for the expansions that need them. `seedEnds` is the heart of it. */
export const patternLibrary = String.raw`
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
