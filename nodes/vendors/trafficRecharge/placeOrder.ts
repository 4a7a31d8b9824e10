/**
 * Orders a package, once. The platform charges every order that it gets and never compares
 * references, so that all care is here:
 *
 * 1. The reference is recorded before the request goes out. So it is known whatever happens then.
 * 2. A refusal, and a platform that was not reached, free it: nothing was charged.
 * 3. Anything else keeps it, as the order may have been charged. It counts as open until a reply
 *    says that it was accepted.
 * 4. An item that n8n repeats within its execution gets the result that it had, without a request.
 */
import type { IDataObject } from 'n8n-workflow';

import { InputError, VendorError } from '../../shared/contracts/errors';
import type { ItemClient, Row } from '../../shared/contracts/operation';
import { isRecord, toText } from '../../shared/wire/values';
import { isComplete, type OrderParameters } from './fields';
import { buildFlowCode, explainFlowCode } from './flowCode';
import { createIncompleteReplyError, trafficRequest } from './protocol';
import { createOrderReference } from './orderReference';

/** What is to be ordered; `customParm` is empty for none. */
interface Order {
	readonly phone: string;
	readonly flowCode: string;
	readonly customParm: string;
}

/** The code that was entered, or the one that the parts make. */
export function resolveFlowCode(parameters: OrderParameters): string {
	if (parameters.flowCode !== undefined) return parameters.flowCode;
	if (isComplete(parameters)) return buildFlowCode(parameters);
	throw new InputError(
		'Flow Code',
		'is missing',
		'Choose in the node how to say what to recharge.',
	);
}

/**
 * Holds an order against the limit of its size.
 *
 * @throws InputError
 */
export function checkSize(parameters: OrderParameters): void {
	const { maxSizeMb } = parameters;
	if (maxSizeMb === undefined) return;
	const flowCode = resolveFlowCode(parameters);
	const { sizeMb } = explainFlowCode(flowCode);
	const limit = `Max Size (MB), which the author of the workflow set to ${maxSizeMb}`;
	if (sizeMb === null) {
		throw new InputError(
			'Flow Code',
			`"${flowCode}" does not tell its size`,
			`Only packages whose size is known fit under ${limit}.`,
		);
	}
	if (sizeMb > maxSizeMb) {
		throw new InputError(
			parameters.flowCode === undefined ? 'Size (MB)' : 'Flow Code',
			`asks for ${sizeMb} MB, which is too much`,
			`Order a smaller package: it must fit under ${limit}.`,
		);
	}
}

/** How many orders this node has placed in its execution. */
const countIn = (memory: IDataObject): number => Number(memory.orders ?? 0);

/** Counts an order before anything else happens, so that calls at the same instant are counted too. */
function countOrder(memory: IDataObject, maxOrders: number | undefined): void {
	const orders = countIn(memory);
	if (maxOrders !== undefined && orders >= maxOrders) {
		throw new VendorError(
			`Max Orders is reached: this execution has placed ${orders} of ${maxOrders} orders`,
			{
				code: 'TOO_MANY_ORDERS',
				advice:
					'This order was not sent. The author of the workflow limits the orders of an execution in the options of the node.',
				details: { maxOrders },
			},
		);
	}
	memory.orders = orders + 1;
}

const uncountOrder = (memory: IDataObject): void => {
	memory.orders = Math.max(0, countIn(memory) - 1);
};

/** The results of this run so far: what an earlier run has done is not repeated. */
function resultsIn(memory: IDataObject, run: number): IDataObject {
	const { results } = memory;
	if (isRecord(results) && results.run === run && isRecord(results.rows)) return results.rows;
	const rows: IDataObject = {};
	memory.results = { run, rows };
	return rows;
}

/** The result that the same item had with the same order, earlier in its run. */
function earlierResult(rows: IDataObject, item: number, order: Order): Row | undefined {
	const row = rows[item];
	if (!isRecord(row) || !isRecord(row.raw) || !isRecord(row.simplified)) return undefined;
	const { simplified, raw } = row;
	const isSame = (['phone', 'flowCode', 'customParm'] as const).every(
		(name) => simplified[name] === order[name],
	);
	return isSame ? { simplified, raw } : undefined;
}

const HOW_TO_CHECK =
	"Whether it was accepted shows in the push to a trigger, which carries the Custom Parameter and the request ID, in the orders of the platform's console, and in Account: Get Balance. With its request ID, Order: Get tells what became of it.";

/** The distinct error of an order that may have been charged. Its sentence needs no general one. */
const outcomeUnknown = (customParm: string, why: string, cause: Partial<VendorError> = {}) =>
	new VendorError(`Outcome unknown: check before ordering again (${why})`, {
		code: 'OUTCOME_UNKNOWN',
		advice: `${
			customParm === ''
				? 'The order may have been charged, and nothing keeps it from being sent again.'
				: `The order with the Custom Parameter "${customParm}" may have been charged, and is not sent again.`
		} ${HOW_TO_CHECK} If it was not accepted, order with another Custom Parameter.`,
		vendorMessage: cause.vendorMessage ?? '',
		details: { customParm, ...(cause.code === undefined ? {} : { cause: cause.code }) },
	});

const duplicate = (customParm: string) =>
	new VendorError(
		`An order with the Custom Parameter "${customParm}" was accepted before, so this one was not sent`,
		{
			code: 'DUPLICATE_ORDER',
			advice:
				'Nothing was charged this time. If it is another order, give it another Custom Parameter in the options.',
			details: { customParm },
		},
	);

/** Keeps an order from being sent when n8n cannot keep its reference. */
const notKept = (reason: string) =>
	new InputError(
		'Prevent Duplicates',
		`cannot keep the order: ${reason}`,
		'Nothing was sent. Save the workflow before running it. If a Remove Duplicates node in this workflow has Scope set to Workflow, set it to Node. Otherwise look into the log of n8n.',
	);

/** Whether the platform certainly did not accept the order. */
const isClearRefusal = (failure: unknown): failure is VendorError =>
	failure instanceof VendorError && !failure.outcomeUnknown;

const rowOf = (order: Order, reply: IDataObject): Row => {
	const { carrier, province, sizeMb, packageType, roaming } = explainFlowCode(order.flowCode);
	return {
		raw: reply,
		simplified: {
			requestId: toText(reply.requestId),
			...order,
			status: 'submitted',
			statusCode: toText(reply.statusCode),
			statusMessage: toText(reply.statusMsg),
			carrier,
			province,
			sizeMb,
			packageType,
			roaming,
		},
	};
};

/** Sends an order, once. `statusCode` 0 means accepted, not recharged. */
async function send(order: Order, session: ItemClient<IDataObject>): Promise<Row> {
	const { phone, flowCode, customParm } = order;
	const request = trafficRequest('flowOrder', {
		phone,
		flowCode,
		...(customParm === '' ? {} : { customParm }),
	});
	const reply = await session.send(request);
	if (toText(reply.statusCode) === '' && toText(reply.requestId) === '') {
		throw createIncompleteReplyError('a status');
	}
	return rowOf(order, reply);
}

/** Takes the reference, or says why it cannot be taken. */
async function reserveReference(
	customParm: string,
	session: ItemClient<IDataObject>,
): Promise<void> {
	const claimed = await session.idempotency.reserve(customParm).catch((error: unknown) => {
		throw notKept(error instanceof Error ? error.message : String(error));
	});
	if (claimed === 'committed') throw duplicate(customParm);
	if (claimed === 'inDoubt') {
		throw outcomeUnknown(customParm, 'it was sent before, and no reply to it is known');
	}
}

/** A reference that cannot be freed stays taken, which is safe. */
const quietly = async (work: Promise<void>): Promise<void> => await work.catch(() => undefined);

async function sendOnce(order: Order, session: ItemClient<IDataObject>): Promise<Row> {
	const { idempotency: once } = session;
	const key = order.customParm;
	await reserveReference(key, session);
	return await send(order, session).then(
		(row) => {
			once.commit(key);
			return row;
		},
		async (failure: unknown) => {
			if (isClearRefusal(failure)) await quietly(once.release(key));
			throw failure;
		},
	);
}

/**
 * Places an order.
 *
 * @throws InputError or VendorError when nothing was charged, the latter with the code
 * `OUTCOME_UNKNOWN` when it may have been
 */
export async function placeOrder(
	parameters: OrderParameters,
	session: ItemClient<IDataObject>,
): Promise<Row> {
	const { phone, customParm, preventDuplicates, maxOrders } = parameters;
	const { memory, item: place } = session;
	const flowCode = resolveFlowCode(parameters);
	const order: Order = {
		phone,
		flowCode,
		customParm:
			customParm ?? (preventDuplicates ? createOrderReference(place, { phone, flowCode }) : ''),
	};
	// An agent's calls are no items that n8n could repeat.
	const results = preventDuplicates && !place.asTool ? resultsIn(memory, place.run) : undefined;
	const earlier = results && earlierResult(results, place.item, order);
	if (earlier) return earlier;

	countOrder(memory, maxOrders);
	const placing = preventDuplicates ? sendOnce(order, session) : send(order, session);
	return await placing.then(
		(row) => {
			if (results) results[place.item] = { ...row };
			return row;
		},
		(failure: unknown) => {
			if (failure instanceof InputError || isClearRefusal(failure)) uncountOrder(memory);
			else if (failure instanceof VendorError) {
				throw outcomeUnknown(order.customParm, failure.message, failure);
			}
			throw failure;
		},
	);
}
