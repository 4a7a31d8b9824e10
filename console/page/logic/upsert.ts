/**
 * Rows with what has come in: a known one is replaced where it stands, a new one is put in front.
 * @param limit how many are kept; the last ones are dropped
 */
export function upsert<Row>(
	rows: readonly Row[],
	incoming: readonly Row[],
	keyOf: (row: Row) => number | string,
	limit: number,
): Row[] {
	const latest = new Map(incoming.map((row) => [keyOf(row), row]));
	const kept = rows.map((row) => {
		const replacement = latest.get(keyOf(row));
		latest.delete(keyOf(row));
		return replacement ?? row;
	});
	return [...[...latest.values()].reverse(), ...kept].slice(0, limit);
}
