/**
 * What a tool answers an agent. n8n hands all items of a tool to the model as one JSON text, however
 * long: a thousand rows are more than a model remembers, and one of megabytes stops n8n.
 */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { canRunConcurrently, type Operation } from '../contracts/operation';

/** Characters of the JSON of all items, the last one included that tells of the cut. */
const MAX_REPLY = 20_000;

/** Brackets, and `{"truncated":true,"total":…,"shown":…}` with numbers of any length. */
const ROOM_FOR_THE_END = 100;

/** Characters of a field in an item that is too long by itself. */
const MAX_FIELD = 1_000;

const lengthOf = (value: unknown): number => JSON.stringify(value).length + 1;

/** What fits of an item that is too long by itself: its short fields, and the starts of others. */
function shorten(json: IDataObject): IDataObject {
	let left = MAX_REPLY - ROOM_FOR_THE_END;
	const fields = Object.entries(json).map(([name, value]) =>
		lengthOf([name, value]) > MAX_FIELD
			? [name, `${JSON.stringify(value).slice(0, MAX_FIELD)}…`]
			: [name, value],
	);
	const fitting = fields.filter((field) => {
		const fits = lengthOf(field) <= left;
		if (fits) left -= lengthOf(field);
		return fits;
	});
	return Object.fromEntries(fitting);
}

/**
 * Cuts a reply that is too long to the whole items that fit, and says so in a last one. Of a first
 * item that is too long by itself, what fits of it is shown.
 */
export function cutForAgent(items: readonly INodeExecutionData[]): {
	readonly shown: readonly INodeExecutionData[];
	/** The items that are not shown, or not as a whole; empty when nothing was cut. */
	readonly rest: readonly INodeExecutionData[];
} {
	const lengths = items.map(({ json }) => lengthOf(json));
	if (lengths.reduce((sum, length) => sum + length, 1) <= MAX_REPLY) {
		return { shown: items, rest: [] };
	}
	let left = MAX_REPLY - ROOM_FOR_THE_END;
	const firstLeftOut = lengths.findIndex((length) => (left -= length) < 0);
	const whole = items.slice(0, firstLeftOut);
	const [first] = items;
	const shown =
		first && whole.length === 0 ? [{ ...first, json: shorten(first.json) }] : [...whole];
	const end = { truncated: true, total: items.length, shown: shown.length };
	return {
		shown: [...shown, { ...items[firstLeftOut], json: end }],
		rest: items.slice(firstLeftOut),
	};
}

/** So many replies are kept; an older one is left to the file with its execution. */
const MAX_KEPT = 100;

/** What was read and did not fit, by the call that the next one must be like. */
const leftOver = new Map<string, readonly INodeExecutionData[]>();

function keep(call: string, rest: readonly INodeExecutionData[]): void {
	leftOver.set(call, rest);
	const [oldest] = leftOver.keys();
	if (leftOver.size > MAX_KEPT && oldest !== undefined) leftOver.delete(oldest);
}

/**
 * Answers an agent within what it can take. Rows that a platform hands out once and that did not fit
 * are what the next call of the tool gets, as long as this process runs, before the platform is asked
 * again. They also stay with the execution, in a file of the last item.
 */
export async function answerAgent(
	context: IExecuteFunctions,
	{ resource, operation, effect }: Operation,
	parameters: unknown,
	serve: () => Promise<readonly INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	const { id, name } = context.getNode();
	const workflow = context.getWorkflow().id;
	const call = JSON.stringify([workflow, id || name, resource, operation, parameters]);
	const kept = leftOver.get(call);
	leftOver.delete(call);
	const { shown, rest } = cutForAgent(kept ?? (await serve()));
	const answer = [...shown];
	const end = answer.at(-1);
	// What can be read again needs no keeping.
	if (rest.length === 0 || end === undefined || canRunConcurrently(effect)) return answer;
	if (effect === 'consume') keep(call, rest);
	const file = await context.helpers.prepareBinaryData(
		Buffer.from(JSON.stringify(rest.map(({ json }) => json))),
		'left-out.json',
		'application/json',
	);
	return [...answer.slice(0, -1), { ...end, binary: { leftOut: file } }];
}
