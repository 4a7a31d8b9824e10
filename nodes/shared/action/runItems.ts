/** An item's way through an action node: its parameters, the operation, the vendor, and back. */
import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

import { VendorError } from '../contracts/errors';
import {
	canRunConcurrently,
	type BatchOperation,
	type Environment,
	type ItemOperation,
	type ItemReference,
	type Operation,
	type Row,
	type VendorClient,
} from '../contracts/operation';
import { mapWithConcurrency } from '../contracts/mapWithConcurrency';
import { settle, type Outcome } from '../contracts/outcome';
import { createEnvironment } from '../n8n/environment';
import {
	adviseOnRetry,
	attachEarlierRows,
	redactNodeParameters,
	toErrorItem,
	toNodeError,
} from '../n8n/nodeErrors';
import { inTurns, openVendor } from '../n8n/vendorClient';
import { createPacer } from '../wire/pacer';
import { openSideBySide, type SideBySide } from '../wire/sideBySide';
import type { ActionTable } from './actionProperties';
import { answerAgent } from './agentReply';
import { askAndWait } from './askAndWait';
import { runBatched } from './batches';
import { hasMemory, openItemContext, openReferences } from './itemContext';
import { openItemLedger, type ItemLedger } from './itemLedger';
import { parseItemParameters, type ItemInput, type RequestSettings } from './itemParameters';
import { createParameterReader } from './parameterReader';
import { summarize } from './summarize';
import { openWriteAhead } from './writeAhead';

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

type ClientFor = (settings: RequestSettings) => VendorClient<unknown>;

/** Opens the vendor for all items, each of which asks it in its own way; offline, nothing is sent. */
async function openClients(
	context: IExecuteFunctions,
	{ effect, vendor }: Operation,
	environment: Environment,
	sideBySide: SideBySide,
): Promise<ClientFor> {
	const continueOnFail = context.continueOnFail();
	if (effect === 'local') {
		const send = () => Promise.reject(new Error('An offline operation sends nothing'));
		const readAs = () => offline;
		const limit = () => 1;
		const offline = { environment, continueOnFail, account: '', limit, send, readAs };
		return () => offline;
	}
	const pace = createPacer(environment);
	const cancelled = context.getExecutionCancelSignal();
	const open = await openVendor(context, vendor, { environment, continueOnFail });
	return (settings) =>
		open(
			inTurns(sideBySide, settings, async () => {
				await pace(settings.requestInterval);
				if (cancelled?.aborted) throw createCancelledError();
			}),
		);
}

const toOutput = (rows: readonly Row[], { simplify }: ItemInput): Output =>
	rows.map((row) => (simplify ? row.simplify() : row.raw));

/** What all items of a run share on their way. */
interface Run {
	readonly environment: Environment;
	readonly clientFor: ClientFor;
	readonly limitOf: (concurrency: number) => number;
	readonly stopsAfter: (outcome: Outcome<unknown>) => boolean;
}

/** Serves each item by itself; what sends, spends or consumes, once in an execution. */
async function runItemByItem(
	context: IExecuteFunctions,
	operation: ItemOperation<unknown>,
	inputs: ReadonlyArray<Outcome<ItemInput>>,
	{ environment, clientFor, limitOf, stopsAfter }: Run,
): Promise<ReadonlyArray<Outcome<Output> | undefined>> {
	const shared = operation.needsItemContext && openItemContext(context, environment);
	const referenceOf = openReferences(context, environment);
	const ledger = canRunConcurrently(operation.effect)
		? undefined
		: await openLedger(context, operation, environment, referenceOf);
	const serve = async (input: ItemInput, item: number): Promise<Output> => {
		const own = shared && { ...shared, reference: referenceOf(item) };
		const client = clientFor(input.settings);
		return toOutput(await operation.perform(input.parameters, client, own), input);
	};
	const outcomes = await mapWithConcurrency(
		inputs,
		(input) => ('result' in input ? limitOf(input.result.settings.concurrency) : Infinity),
		async (input, item) => {
			if ('failure' in input) return input;
			const work = async () => await serve(input.result, item);
			if (ledger === undefined) return await settle(work);
			const { parameters } = input.result;
			const repeatKey = operation.repeatKey?.(parameters, referenceOf(item));
			return await settle(async () => await ledger.serveOnce(item, work, repeatKey));
		},
		stopsAfter,
	);
	await (shared && shared.idempotency.flush());
	if (!mayBeRepeated(outcomes)) ledger?.forget();
	return outcomes;
}

/**
 * Whether n8n may repeat the run: after a failure, and with "Retry on Fail" also when its first item
 * has an `error` that is anything but nothing or false, be it a field of a vendor's row.
 */
function mayBeRepeated(outcomes: ReadonlyArray<Outcome<Output> | undefined>): boolean {
	const [first] = outcomes.flatMap((outcome) =>
		outcome && 'result' in outcome ? outcome.result : [],
	);
	return first?.error !== undefined || !outcomes.every((outcome) => outcome && 'result' in outcome);
}

/** n8n does not tell a call of a tool that is repeated from another call of it: each has its own. */
async function openLedger(
	context: IExecuteFunctions,
	operation: Operation,
	environment: Environment,
	referenceOf: (item: number) => ItemReference,
): Promise<ItemLedger> {
	const isRemembered = hasMemory(context);
	const reference = referenceOf(0);
	if (reference.asTool) return openItemLedger({}, operation, reference);
	const writeAhead = await openWriteAhead(context, environment, reference, isRemembered);
	return openItemLedger(context.getContext('node'), operation, reference, writeAhead);
}

/** Serves many items in few calls. */
async function runInBatches(
	operation: BatchOperation<unknown>,
	inputs: ReadonlyArray<Outcome<ItemInput>>,
	run: Run,
): Promise<ReadonlyArray<Outcome<Output> | undefined>> {
	const valid = inputs.map((input) => ('result' in input ? input.result : undefined));
	const outcomes = await runBatched(operation, valid, run);
	return inputs.map((input, item) => {
		const outcome = outcomes[item];
		if ('failure' in input) return input;
		if (outcome === undefined || 'failure' in outcome) return outcome;
		return { result: toOutput(outcome.result, input.result) };
	});
}

/**
 * Runs the chosen operation over all items.
 *
 * All items are checked before the first request goes out. Then reads run side by side, everything
 * else one by one in item order, each as its own options say, and nothing is repeated. Unless the node is set to continue on
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

	const reader = createParameterReader(context);
	const items = context.getInputData();
	const asked = 'summarize' in operation ? items.slice(0, 1) : items;
	const inputs = asked.map((_, item): Outcome<ItemInput> => {
		try {
			return { result: parseItemParameters(reader, operation, item, environment) };
		} catch (failure) {
			if (!continueOnFail) throw toNodeError(node, operation.effect, failure, item);
			return { failure };
		}
	});
	const serve = async () => await serveItems(context, operation, environment, inputs, node);
	if (operation.asks) return [await askAndWait(context, environment, node, serve)];
	return [
		environment.asTool ? await answerAgent(context, operation, inputs, serve) : await serve(),
	];
}

/** Serves items whose parameters are known. */
async function serveItems(
	context: IExecuteFunctions,
	operation: Operation,
	environment: Environment,
	inputs: ReadonlyArray<Outcome<ItemInput>>,
	node: INode,
): Promise<INodeExecutionData[]> {
	const continueOnFail = context.continueOnFail();
	if ('summarize' in operation) {
		return await summarize(context, operation, inputs, environment, node);
	}
	const sideBySide = openSideBySide(environment);
	const clientFor = await openClients(context, operation, environment, sideBySide);
	const cancelled = context.getExecutionCancelSignal();
	const stopsAfter = (outcome: Outcome<unknown>): boolean =>
		('failure' in outcome && !continueOnFail) || cancelled?.aborted === true;
	const run = { environment, clientFor, limitOf: sideBySide.limitOf, stopsAfter };
	const outcomes =
		'batchRequest' in operation
			? await runInBatches(operation, inputs, run)
			: await runItemByItem(context, operation, inputs, run);

	const items: INodeExecutionData[] = [];
	for (const [item, outcome] of outcomes.entries()) {
		if (outcome === undefined) continue;
		if ('failure' in outcome) {
			const { failure } = outcome;
			if (!continueOnFail) {
				const thrown = toNodeError(node, operation.effect, failure, item);
				const error = adviseOnRetry(thrown, operation, failure);
				throw attachEarlierRows(error, operation, items);
			}
			items.push(toErrorItem(node, operation.effect, failure, item));
			continue;
		}
		for (const json of outcome.result) items.push({ json, pairedItem: { item } });
	}
	return items;
}
