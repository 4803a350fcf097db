import type pg from 'pg';
import { SeedbedError } from '../errors/index.ts';

/** @throws database-too-old below Postgres 14 */
export async function requireVersion(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ number: string; text: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as text`,
  );
  judgeVersion(Number(rows[0]!.number), rows[0]!.text);
}

/**
 * @param number as `server_version_num` has it: 14.23 → 140023
 * @throws database-too-old below Postgres 14
 */
export function judgeVersion(number: number, text: string): void {
  if (number < 140_000) throw new SeedbedError('database-too-old', { found: text });
}
