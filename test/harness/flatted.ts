/**
 * Reads the format in which n8n stores run data: a JSON array of all values, in which the strings
 * inside of objects and arrays are indexes of other values. (The `flatted` library can be imported
 * by ES modules only as far as its types go.)
 */
export function parseFlatted(text: string): unknown {
	const values: unknown[] = JSON.parse(text) as unknown[];
	const resolved = new Map<string, unknown>();

	const resolve = (index: string): unknown => {
		if (resolved.has(index)) return resolved.get(index);
		const value = values[Number(index)];
		if (typeof value !== 'object' || value === null) return value;
		const target: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
		// Before the children, as a child may point back to it.
		resolved.set(index, target);
		for (const [key, child] of Object.entries(value)) {
			Object.assign(target, { [key]: typeof child === 'string' ? resolve(child) : child });
		}
		return target;
	};

	return resolve('0');
}
