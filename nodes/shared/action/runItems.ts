/** An item's way through an action node: its parameters, the operation, the vendor, and back. */
import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { VendorError } from '../contracts/errors';
import {
	canRunConcurrently,
	type Environment,
	type ItemOperation,
	type Operation,
	type Row,
	type VendorClient,
} from '../contracts/operation';
import { createEnvironment } from '../n8n/environment';
import {
	attachEarlierRows,
	redactNodeParameters,
	toErrorItem,
	toNodeError,
} from '../n8n/nodeErrors';
import { openVendorClient } from '../n8n/vendorClient';
import type { ActionTable } from './actionProperties';
import { runBatches } from './batches';
import { getItemReference, openItemContext } from './itemContext';
import { openItemLedger } from './itemLedger';
import { parseItemParameters, type ItemInput, type RequestSettings } from './itemParameters';
import { mapWithConcurrency } from './mapWithConcurrency';
import { settle, type Outcome } from './outcome';
import { createPacer } from './pacer';
import { createParameterReader } from './parameterReader';

/** The `json` of what an item puts out. */
type Output = readonly IDataObject[];

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

/** The client of all items; offline operations have none, and send nothing. */
async function openClient(
	context: IExecuteFunctions,
	{ effect, vendor }: Operation,
	environment: Environment,
	{ requestInterval, timeout }: RequestSettings,
): Promise<VendorClient<unknown>> {
	const continueOnFail = context.continueOnFail();
	if (effect === 'local') {
		const send = () => Promise.reject(new Error('An offline operation sends nothing'));
		return { environment, continueOnFail, account: '', send };
	}
	const pace = createPacer(requestInterval, environment);
	const cancelled = context.getExecutionCancelSignal();
	const waitForTurn = async () => {
		await pace();
		if (cancelled?.aborted) throw createCancelledError();
	};
	return await openVendorClient(context, vendor, {
		environment,
		timeoutMs: timeout,
		continueOnFail,
		waitForTurn,
	});
}

const toOutput = (rows: readonly Row[], { simplify }: RequestSettings): Output =>
	rows.map((row) => (simplify ? row.simplify() : row.raw));

/** Serves each item by itself; what sends, spends or consumes, once in an execution. */
async function runEach(
	context: IExecuteFunctions,
	operation: ItemOperation<unknown>,
	inputs: ReadonlyArray<Outcome<ItemInput>>,
	client: VendorClient<unknown>,
	concurrency: number,
	stopsAfter: (outcome: Outcome<Output>) => boolean,
): Promise<ReadonlyArray<Outcome<Output> | undefined>> {
	const shared = operation.needsItemContext && openItemContext(context, client.environment);
	const serve = async ({ parameters, settings }: ItemInput, item: number): Promise<Output> => {
		const own = shared && { ...shared, reference: getItemReference(context, item) };
		return toOutput(await operation.perform(parameters, client, own), settings);
	};
	// An agent's calls are no items that n8n could repeat.
	const first = canRunConcurrently(operation.effect) ? undefined : getItemReference(context, 0);
	const memory = first?.asTool ? {} : context.getContext('node');
	const ledger = first && openItemLedger(memory, operation, first);
	const outcomes = await mapWithConcurrency(
		inputs,
		concurrency,
		async (input, item) => {
			if ('failure' in input) return input;
			const work = async () => await serve(input.result, item);
			return await settle(async () => await (ledger ? ledger.once(item, work) : work()));
		},
		stopsAfter,
	);
	await (shared && shared.idempotency.flush());
	// With an error item among them, n8n repeats a run even if the user chose to continue.
	if (outcomes.every((outcome) => outcome && 'result' in outcome)) ledger?.clear();
	return outcomes;
}

/** One step beside the way of an item: many items share the calls of a batched operation. */
async function runAll(
	context: IExecuteFunctions,
	operation: Operation,
	inputs: ReadonlyArray<Outcome<ItemInput>>,
	client: VendorClient<unknown>,
	concurrency: number,
	stopsAfter: (outcome: Outcome<unknown>) => boolean,
): Promise<ReadonlyArray<Outcome<Output> | undefined>> {
	if ('perform' in operation) {
		return await runEach(context, operation, inputs, client, concurrency, stopsAfter);
	}
	const parameters = inputs.map((input) =>
		'result' in input ? input.result.parameters : undefined,
	);
	const outcomes = await runBatches(operation, parameters, client, concurrency, stopsAfter);
	return inputs.map((input, item) => {
		const outcome = outcomes[item];
		if ('failure' in input) return input;
		if (outcome === undefined || 'failure' in outcome) return outcome;
		return { result: toOutput(outcome.result, input.result.settings) };
	});
}

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
	const continueOnFail = context.continueOnFail();
	const node = redactNodeParameters(context.getNode(), operation);
	const failAt = (item: number, failure: unknown) =>
		toNodeError(node, operation.effect, failure, item);

	const reader = createParameterReader(context);
	const inputs = context.getInputData().map((_, item): Outcome<ItemInput> => {
		try {
			return { result: parseItemParameters(reader, operation, item, environment) };
		} catch (failure) {
			if (!continueOnFail) throw failAt(item, failure);
			return { failure };
		}
	});
	const valid = inputs.find((input) => 'result' in input);
	if (valid === undefined) {
		const failures = inputs.map((input, item) =>
			toErrorItem(node, operation.effect, 'failure' in input ? input.failure : undefined, item),
		);
		return [failures];
	}

	const { settings } = valid.result;
	const client = await openClient(context, operation, environment, settings);
	const cancelled = context.getExecutionCancelSignal();
	const stopsAfter = (outcome: Outcome<unknown>): boolean =>
		('failure' in outcome && !continueOnFail) || cancelled?.aborted === true;
	const { concurrency } = settings;
	const outcomes = await runAll(context, operation, inputs, client, concurrency, stopsAfter);

	const items: INodeExecutionData[] = [];
	for (const [item, outcome] of outcomes.entries()) {
		if (outcome === undefined) continue;
		if ('failure' in outcome) {
			const { failure } = outcome;
			if (!continueOnFail) throw attachEarlierRows(failAt(item, failure), operation, items);
			items.push(toErrorItem(node, operation.effect, failure, item));
			continue;
		}
		for (const json of outcome.result) items.push({ json, pairedItem: { item } });
	}
	return [items];
}
