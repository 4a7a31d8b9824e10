/** Runs an operation over the items of an n8n node: the second seam to n8n beside the transport. */
import { randomInt } from 'crypto';
import {
	NodeOperationError,
	sleep,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

import { servingEachItemOnce } from './itemLedger';
import { VendorError } from '../contracts/errors';
import { mapWithConcurrency } from './mapWithConcurrency';
import { parseItemParameters, type ItemInput, type RequestSettings } from './itemParameters';
import { itemSessions } from './itemClients';
import {
	toErrorItem,
	toNodeError,
	redactNodeParameters,
	attachEarlierRows,
} from '../n8n/nodeErrors';
import { createParameterReader } from './parameterReader';
import {
	canRunConcurrently,
	type Environment,
	type Operation,
	type VendorClient,
} from '../contracts/operation';
import { planOf } from './batches';
import type { ActionTable } from './actionProperties';
import { createPacer, sendRequest } from '../wire/transport';

/** How soon a pause notices that the execution was cancelled. */
const MAX_SLEEP_SLICE_MS = 500;

/**
 * The first requests of a run start a millisecond apart, or closer together where they are many. Sent
 * all at once, they would be answered all at once, again and again: while their replies are worked
 * on, one after the other, nothing would be on its way.
 */
const STAGGERED_OVER_MS = 50;

const createEnvironment = (context: IExecuteFunctions): Environment => ({
	now: () => Date.now(),
	random: (alphabet, length) =>
		Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join(''),
	sleep: async (milliseconds) => {
		const cancelled = context.getExecutionCancelSignal();
		const end = Date.now() + milliseconds;
		for (let left = milliseconds; left > 0 && !cancelled?.aborted; left = end - Date.now()) {
			await sleep(Math.min(left, MAX_SLEEP_SLICE_MS));
		}
	},
	get timeZone() {
		return context.getTimezone();
	},
});

const findOperation = (context: IExecuteFunctions, { operations }: ActionTable): Operation => {
	const resource = context.getNodeParameter('resource', 0);
	const name = context.getNodeParameter('operation', 0);
	const found = operations.find((one) => one.resource === resource && one.operation === name);
	if (found !== undefined) return found;
	throw new NodeOperationError(
		context.getNode(),
		`Resource "${String(resource)}" has no operation "${String(name)}"`,
		{ description: 'Choose a resource and an operation in the node.' },
	);
};

/** A user who cancels an execution wants no more messages and orders of it. */
const createCancelledError = (): VendorError =>
	new VendorError('The execution was cancelled before this request was sent', {
		code: 'CANCELLED',
		advice: 'Nothing was sent for it. What the requests before it did stays done.',
	});

/** Opens the line to the operation's vendor; offline operations need none. */
async function openClient(
	context: IExecuteFunctions,
	{ effect, vendor }: Operation,
	environment: Environment,
	{ requestInterval, timeout }: RequestSettings,
): Promise<VendorClient<unknown>> {
	const type = vendor.credentialType;
	const data = effect === 'local' ? {} : await context.getCredentials(type);
	const id = context.getNode().credentials?.[type]?.id ?? '';
	const inTurn = createPacer(requestInterval, environment);
	const cancelled = context.getExecutionCancelSignal();
	const pace = async () => {
		await inTurn();
		if (cancelled?.aborted) throw createCancelledError();
	};
	const line = { context, vendor, credential: { id, data }, timeoutMs: timeout, pace };
	return {
		environment,
		continueOnFail: context.continueOnFail(),
		send: async (request) => await sendRequest(line, request),
	};
}

/** n8n repeats a run as a whole when the user has set it to; what a vendor has done stays done. */
const tried = (operation: Operation, { retryOnFail }: INode): Operation =>
	retryOnFail && 'perform' in operation && !canRunConcurrently(operation.effect)
		? servingEachItemOnce(operation)
		: operation;

/**
 * Runs the chosen operation over all items.
 *
 * All items are checked before the first request goes out. Then reads run side by side, everything
 * else one by one in item order, and nothing is repeated. Unless the node is set to continue on
 * error, the first failure stops the run.
 */
export async function runItems(
	context: IExecuteFunctions,
	table: ActionTable,
): Promise<INodeExecutionData[][]> {
	const operation = findOperation(context, table);
	const environment = createEnvironment(context);
	const goesOn = context.continueOnFail();
	const node = redactNodeParameters(context.getNode(), operation);
	const parameters = createParameterReader(context);
	const refused = new Map<number, unknown>();

	const inputs = context.getInputData().map((_, itemIndex): ItemInput | undefined => {
		try {
			return parseItemParameters(parameters, operation, itemIndex, environment);
		} catch (failure) {
			refused.set(itemIndex, failure);
			return undefined;
		}
	});
	const failAt = (itemIndex: number, failure: unknown) =>
		toNodeError(node, operation.effect, failure, itemIndex);
	const [firstRefused] = refused;
	if (firstRefused !== undefined && !goesOn) throw failAt(...firstRefused);

	const settings = inputs.find((input) => input !== undefined)?.settings;
	const session = settings && (await openClient(context, operation, environment, settings));
	const sessions = session && itemSessions(context, operation, session);
	const plan =
		session &&
		planOf(
			tried(operation, node),
			inputs.map((input) => input?.parameters),
			session,
			sessions?.of,
		);
	const cancelled = context.getExecutionCancelSignal();
	if (settings && plan) {
		const { concurrency } = settings;
		const runJob = async (position: number) => {
			const succeeded = await plan.jobs[position]?.();
			return (succeeded || goesOn) && !cancelled?.aborted ? 'go on' : 'stop';
		};
		await mapWithConcurrency(plan.jobs.length, concurrency, runJob, async (nth) => {
			await sleep((nth / Math.max(concurrency, STAGGERED_OVER_MS)) * STAGGERED_OVER_MS);
		});
	}
	await sessions?.close();

	const items: INodeExecutionData[] = [];
	for (const [itemIndex, input] of inputs.entries()) {
		const outcome = refused.has(itemIndex)
			? { failure: refused.get(itemIndex) }
			: plan?.outcomeOf(itemIndex);
		if (outcome === undefined) continue;
		if ('failure' in outcome) {
			if (!goesOn) throw attachEarlierRows(failAt(itemIndex, outcome.failure), operation, items);
			items.push(toErrorItem(node, operation.effect, outcome.failure, itemIndex));
			continue;
		}
		for (const { simplified, raw: vendor } of outcome.result) {
			const json = input?.settings.simplify ? simplified : vendor;
			items.push({ json, pairedItem: { item: itemIndex } });
		}
	}
	return [items];
}
