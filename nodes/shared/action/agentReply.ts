/**
 * What a tool answers an agent. n8n hands all items of a tool to the model as one JSON text, however
 * long: a thousand rows are more than a model remembers, and one of megabytes stops n8n.
 */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { canRunConcurrently, type Operation } from '../contracts/operation';
import type { ItemInput } from './itemParameters';
import type { Outcome } from '../contracts/outcome';

/** Characters of the JSON of all items, the last one included that tells of the cut. */
const MAX_REPLY = 20_000;

/** Brackets, and `{"truncated":true,"total":…,"shown":…}` with numbers of any length. */
const ROOM_FOR_THE_END = 100;

/** Characters of a field in an item that is too long by itself. */
const MAX_FIELD = 1_000;

const lengthOf = (value: unknown): number => JSON.stringify(value).length + 1;

/** The start of a value: of a list the first that fit, of anything else a text. */
function startOf(value: unknown): unknown {
	if (Array.isArray(value)) {
		let left = MAX_FIELD;
		const firstLeftOut = value.findIndex((one) => (left -= lengthOf(one)) < 0);
		if (firstLeftOut > 0) return value.slice(0, firstLeftOut);
	}
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	// No half of an emoji.
	return `${text.slice(0, MAX_FIELD).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** What fits of an item that is too long by itself: its short fields, and the starts of others. */
function shorten(json: IDataObject): IDataObject {
	let left = MAX_REPLY - ROOM_FOR_THE_END;
	const fields = Object.entries(json).map(([name, value]): [string, unknown] => [
		name,
		lengthOf([name, value]) > MAX_FIELD ? startOf(value) : value,
	]);
	const fitting = fields.filter((field) => {
		const fits = lengthOf(field) <= left;
		if (fits) left -= lengthOf(field);
		return fits;
	});
	return Object.fromEntries(fitting) as IDataObject;
}

/**
 * Cuts a reply that is too long to the whole items that fit, and says so in a last one. Of a first
 * item that is too long by itself, what fits of it is shown.
 */
export function cutForAgent(items: readonly INodeExecutionData[]): {
	readonly shown: readonly INodeExecutionData[];
	/** The items that are not shown, or not as a whole; empty when nothing was cut. */
	readonly rest: readonly INodeExecutionData[];
	/** Those of them of which nothing is shown. */
	readonly unseen: readonly INodeExecutionData[];
} {
	const lengths = items.map(({ json }) => lengthOf(json));
	if (lengths.reduce((sum, length) => sum + length, 1) <= MAX_REPLY) {
		return { shown: items, rest: [], unseen: [] };
	}
	let left = MAX_REPLY - ROOM_FOR_THE_END;
	const firstLeftOut = lengths.findIndex((length) => (left -= length) < 0);
	const [first] = items;
	const shown =
		first && firstLeftOut === 0
			? [{ ...first, json: shorten(first.json) }]
			: items.slice(0, firstLeftOut);
	const end = { truncated: true, total: items.length, shown: shown.length };
	return {
		shown: [...shown, { ...items[firstLeftOut], json: end }],
		rest: items.slice(firstLeftOut),
		unseen: items.slice(shown.length),
	};
}

/** So many replies are kept; an older one is left to the file with its execution. */
const MAX_KEPT = 100;

/** What was read and did not fit, by the call that the next one must be like. */
const leftOver = new Map<string, readonly INodeExecutionData[]>();

/** Calls at the same instant may each leave something. */
function keep(call: string, unseen: readonly INodeExecutionData[]): void {
	if (unseen.length === 0) return;
	leftOver.set(call, [...(leftOver.get(call) ?? []), ...unseen]);
	const [oldest] = leftOver.keys();
	if (leftOver.size > MAX_KEPT && oldest !== undefined) leftOver.delete(oldest);
}

/** What is asked for, however much of it and in whatever manner. */
function askedBy(input: Outcome<ItemInput>): unknown {
	if ('failure' in input) return String(input.failure);
	const { limit: _, ...parameters } = input.result.parameters;
	return [parameters, input.result.simplify];
}

/**
 * Answers an agent within what it can take. Rows that a platform hands out once and that did not fit
 * are what the next call of the tool gets, as long as this process runs, before the platform is asked
 * again. They also stay with the execution, in a file of the last item.
 */
export async function answerAgent(
	context: IExecuteFunctions,
	{ resource, operation, effect }: Operation,
	inputs: ReadonlyArray<Outcome<ItemInput>>,
	serve: () => Promise<readonly INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	const { id, name, credentials } = context.getNode();
	const node = [context.getWorkflow().id, id || name, credentials];
	const call = JSON.stringify([node, resource, operation, inputs.map(askedBy)]);
	const kept = leftOver.get(call);
	leftOver.delete(call);
	const { shown, rest, unseen } = cutForAgent(kept ?? (await serve()));
	const answer = [...shown];
	const end = answer.at(-1);
	// What can be read again needs no keeping.
	if (rest.length === 0 || end === undefined || canRunConcurrently(effect)) return answer;
	if (effect === 'consume') keep(call, unseen);
	// What is shown must not be lost because the file cannot be kept.
	const file = await context.helpers
		.prepareBinaryData(
			Buffer.from(JSON.stringify(rest.map(({ json }) => json))),
			'left-out.json',
			'application/json',
		)
		.catch(() => undefined);
	return file === undefined
		? answer
		: [...answer.slice(0, -1), { ...end, binary: { leftOut: file } }];
}
