/**
 * Orders a package, once. The platform charges every order that it gets and never compares
 * references, so that all care is here:
 *
 * 1. The reference is recorded before the request goes out. So it is known whatever happens then.
 * 2. A refusal, and a platform that was not reached, free it: nothing was charged.
 * 3. Anything else keeps it, as the order may have been charged. It counts as open until a reply
 *    says that it was accepted.
 */
import type { IDataObject } from 'n8n-workflow';

import {
	InputError,
	isClearRefusal,
	OUTCOME_UNKNOWN,
	VendorError,
} from '../../shared/contracts/errors';
import type {
	IdempotencyStore,
	ItemContext,
	Row,
	VendorClient,
} from '../../shared/contracts/operation';
import { inAnyCase, toText } from '../../shared/wire/values';
import { isComplete, sizeLabelOf, type OrderParameters } from './fields';
import { buildFlowCode, certainSizeMb, explainFlowCode } from './flowCode';
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
	const sizeMb = certainSizeMb(flowCode);
	const limit = `Max Size (MB), which is set to ${maxSizeMb} and only the author of the workflow can change`;
	if (sizeMb === null) {
		throw new InputError(
			'Flow Code',
			`"${flowCode.slice(0, 40)}" does not tell its size for certain`,
			`Only codes that follow the rule of the platform as a whole, such as 1QG00102410, stay within ${limit}.`,
		);
	}
	if (sizeMb > maxSizeMb) {
		throw new InputError(
			sizeLabelOf(parameters),
			`asks for ${sizeMb} MB, which is too much`,
			`Order a smaller package: stay within ${limit}.`,
		);
	}
}

/** What the user named an order, by which it is known again whatever becomes of its execution. */
export const ownReference = ({
	customParm,
	preventDuplicates,
}: OrderParameters): string | undefined => (preventDuplicates ? customParm : undefined);

/** How many orders this node has placed in its execution. */
const orderCount = (memory: IDataObject): number => Number(memory.orders ?? 0);

const createTooManyOrdersError = (orders: number, maxOrders: number) =>
	new VendorError(
		`Max Orders is reached: this execution has placed ${orders} of ${maxOrders} orders`,
		{
			code: 'TOO_MANY_ORDERS',
			advice:
				'This order was not sent, and trying again does not change that: only the author of the workflow can change the limit, in the options of the node.',
			details: { maxOrders },
		},
	);

const HOW_TO_CHECK =
	"Whether it was accepted shows in the push to a trigger, which carries the Custom Parameter and the request ID, in the orders of the platform's console, and in Account: Get Balance. With its request ID, Order: Get tells what became of it.";

/**
 * The distinct error of an order that may have been charged.
 *
 * @param cause a sentence, or what was thrown after the request went out
 */
function createOutcomeUnknownError(customParm: string, cause: unknown): VendorError {
	const why = cause instanceof Error ? cause.message : String(cause);
	return new VendorError(`Outcome unknown: check before ordering again (${why})`, {
		code: OUTCOME_UNKNOWN,
		advice: `${
			customParm === ''
				? 'The order may have been charged, and nothing keeps it from being sent again.'
				: `The order with the Custom Parameter "${customParm}" may have been charged, and is not sent again.`
		} ${HOW_TO_CHECK} If it was not accepted, order with another Custom Parameter, in a new execution.`,
		vendorMessage: cause instanceof VendorError ? cause.vendorMessage : '',
		outcomeUnknown: true,
		details: { customParm, ...(cause instanceof VendorError ? { cause: cause.code } : {}) },
	});
}

const createDuplicateError = (customParm: string) =>
	new VendorError(
		`An order with the Custom Parameter "${customParm}" was accepted before, so this one was not sent`,
		{
			code: 'DUPLICATE_ORDER',
			advice:
				'Nothing was charged this time. If it is the same order, nothing is left to do; On Error set to Continue goes on with the others. If it is another order, give it another Custom Parameter in the options.',
			details: { customParm },
		},
	);

/** Keeps an order from being sent when n8n cannot keep its reference. */
const createNotRecordedError = (reason: string) =>
	new InputError(
		'Prevent Duplicates',
		`cannot keep the order: ${reason}`,
		'Nothing was sent. Save the workflow before running it. If a Remove Duplicates node in this workflow has Scope set to Workflow, set it to Node. Otherwise look into the log of n8n.',
	);

const toRow = (order: Order, reply: IDataObject): Row => ({
	raw: reply,
	simplify: () => {
		const fields = inAnyCase(reply);
		const { phone, flowCode, customParm } = order;
		const { carrier, province, sizeMb, packageType, roaming } = explainFlowCode(flowCode);
		return {
			...{ requestId: toText(fields.requestId), phone, status: 'submitted' },
			...{ sizeMb, carrier, province, packageType, roaming, flowCode, customParm },
			statusCode: toText(fields.statusCode),
			statusMessage: toText(fields.statusMsg),
		};
	},
});

/** Sends an order, once. `statusCode` 0 means accepted, not recharged. */
async function send(order: Order, client: VendorClient<IDataObject>): Promise<Row> {
	const { phone, flowCode, customParm } = order;
	const request = trafficRequest('flowOrder', {
		phone,
		flowCode,
		...(customParm === '' ? {} : { customParm }),
	});
	const reply = await client.send(request);
	const { statusCode, requestId } = inAnyCase(reply);
	if (toText(statusCode) === '' && toText(requestId) === '') {
		throw createIncompleteReplyError('a status');
	}
	return toRow(order, reply);
}

/** @throws InputError when n8n cannot keep it */
const reserve = async (key: string, store: IdempotencyStore) =>
	await store.reserve(key).catch((error: unknown) => {
		throw createNotRecordedError(error instanceof Error ? error.message : String(error));
	});

/** Takes the reference, or says why it cannot be taken. */
async function reserveReference(customParm: string, store: IdempotencyStore): Promise<void> {
	const state = await reserve(customParm, store);
	if (state === 'committed') throw createDuplicateError(customParm);
	if (state === 'inDoubt') {
		throw createOutcomeUnknownError(customParm, 'it was sent before, and no reply to it is known');
	}
}

/**
 * Counts an order against the limit of its execution.
 *
 * What n8n noted of an agent's execution is gone after a kill. So where a retry can be known for what it
 * is, each order of it also takes a key, as an order's reference does.
 *
 * @returns gives the place back
 * @throws VendorError when there is none left
 */
async function takePlace(
	maxOrders: number | undefined,
	{ reference, memory, idempotency }: ItemContext,
): Promise<() => Promise<void>> {
	const { asTool, isOriginKept, origin, node } = reference;
	const orders = orderCount(memory);
	if (maxOrders !== undefined && orders >= maxOrders) {
		throw createTooManyOrdersError(orders, maxOrders);
	}
	// In one go with the look at it, so that calls at the same instant are counted too.
	memory.orders = orders + 1;
	const uncount = () => {
		memory.orders = Math.max(0, orderCount(memory) - 1);
	};
	if (maxOrders === undefined || !asTool || !isOriginKept) return async () => uncount();
	for (let tried = 0; tried < maxOrders; tried++) {
		const key = `place ${((orders + tried) % maxOrders) + 1} of ${origin} ${node}`;
		const state = await reserve(key, idempotency).catch((failure: unknown) => {
			uncount();
			throw failure;
		});
		if (state !== 'reserved') continue;
		idempotency.commit(key);
		return async () => {
			uncount();
			// One that cannot be given back stays taken, which is safe.
			await idempotency.release(key).catch(() => undefined);
		};
	}
	uncount();
	throw createTooManyOrdersError(maxOrders, maxOrders);
}

/**
 * Places an order.
 *
 * @throws InputError or VendorError when nothing was charged, the latter with the code
 * `OUTCOME_UNKNOWN` when it may have been
 */
export async function placeOrder(
	parameters: OrderParameters,
	client: VendorClient<IDataObject>,
	context: ItemContext,
): Promise<Row> {
	const { reference, idempotency } = context;
	const { phone, customParm: given, preventDuplicates, maxOrders } = parameters;
	const flowCode = resolveFlowCode(parameters);
	const made = () =>
		preventDuplicates ? createOrderReference(reference, { phone, flowCode }) : '';
	const customParm = given ?? made();

	if (preventDuplicates) await reserveReference(customParm, idempotency);
	const free = async (): Promise<void> => {
		// A reference that cannot be freed stays taken, which is safe.
		if (preventDuplicates) await idempotency.release(customParm).catch(() => undefined);
	};
	const giveBack = await takePlace(maxOrders, context).catch(async (failure: unknown) => {
		await free();
		throw failure;
	});
	return await send({ phone, flowCode, customParm }, client).then(
		(row) => {
			if (preventDuplicates) idempotency.commit(customParm);
			return row;
		},
		async (failure: unknown) => {
			if (!isClearRefusal(failure)) throw createOutcomeUnknownError(customParm, failure);
			await giveBack();
			await free();
			throw failure;
		},
	);
}
