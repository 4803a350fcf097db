import { execFileSync } from 'node:child_process';

/** A record as Debian's python3-prov read it: names as addresses. */
export interface ProvRecord {
  /** E.g. `prov:Activity`. */
  readonly type: string;
  /** null of a relation without a name. */
  readonly id: string | null;
  /** Values by the names of attributes, in the order of their texts. */
  readonly attributes: Readonly<Record<string, string[]>>;
}

const script = `
import json, sys
from prov.model import Literal, ProvDocument, QualifiedName
def text(value):
    if isinstance(value, QualifiedName): return value.uri
    if isinstance(value, Literal): return value.value
    return value.isoformat() if hasattr(value, 'isoformat') else str(value)
document = ProvDocument.deserialize(content=sys.stdin.read(), format='json')
records = []
for record in document.get_records():
    attributes = {}
    for name, value in record.attributes: attributes.setdefault(str(name), []).append(text(value))
    for values in attributes.values(): values.sort()
    records.append({'type': str(record.get_type()), 'id': record.identifier and record.identifier.uri, 'attributes': attributes})
again = ProvDocument.deserialize(content=document.serialize(format='json'), format='json')
print(json.dumps({'records': records, 'same': again == document}))
`;

/** Reads a PROV-JSON document by python3-prov; fails where that refuses it, or cannot write what it read. */
export function readProv(document: string): ProvRecord[] {
  const printed = execFileSync('/usr/bin/python3', ['-c', script], { input: document, encoding: 'utf8' });
  const { records, same } = JSON.parse(printed) as { records: ProvRecord[]; same: boolean };
  if (!same) throw new Error('python3-prov reads its own text of the document as another one');
  return records;
}
