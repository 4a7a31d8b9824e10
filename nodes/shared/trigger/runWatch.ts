/**
 * Looks at things again and again and tells what has changed: the n8n side of a watching trigger.
 *
 * What was seen is kept in the static data of the node. n8n stores it with the events of a poll, and
 * after each activation, a start of n8n included. What a poll without events saw stays in this
 * process until then: nothing that a poll can call stores it. (With n8n's durable cursors, which are
 * off unless set, each poll is stored, in one transaction with its events.)
 */
import {
	ExecutionCancelledError,
	type IDataObject,
	type INodeExecutionData,
	type INodeProperties,
	type IPollFunctions,
	type IRun,
} from 'n8n-workflow';

import { OUT_OF_TIME, VendorError } from '../contracts/errors';
import type { Environment, Fields } from '../contracts/operation';
import type { Sight, WatchTrigger } from '../contracts/watch';
import { concurrency, requestInterval, timeout } from '../fields/commonFields';
import { createEnvironment } from '../n8n/environment';
import { toNodeError } from '../n8n/nodeErrors';
import { inTurns, openVendor } from '../n8n/vendorClient';
import { createPacer } from '../wire/pacer';
import { openSideBySide } from '../wire/sideBySide';
import { toText } from '../wire/values';
import { stateKey } from './nodeState';
import { pollBudgetMs, saysPollBudget } from './pollBudget';
import {
	readFields,
	readOptions,
	triggerProperties,
	type ReadParameter,
} from './triggerProperties';

/** What n8n 2 gives a poll, and what is told after that is told late. */
const DEFAULT_BUDGET_MS = 5 * 60 * 1000;

/** A test is for looking at, and someone waits for it. */
const MOST_IN_TEST = 100;

const watchOptions = { concurrency, requestInterval, timeout };

/** All parameters of a watching trigger. */
export const watchTriggerProperties = (
	{ fields, options }: WatchTrigger,
	notice: string,
): INodeProperties[] => triggerProperties(notice, fields, { ...options, ...watchOptions });

const toItems = (rows: readonly IDataObject[]): INodeExecutionData[] =>
	rows.map((json) => ({ json }));

const createOutOfTimeError = (): VendorError =>
	new VendorError('The time of this poll was over before this request was made', {
		code: OUT_OF_TIME,
		advice: 'The next poll makes it.',
	});

/** Nothing sleeps longer than the time that is left. */
const withinTime = (environment: Environment, until: number): Environment => ({
	...environment,
	sleep: async (milliseconds) =>
		await environment.sleep(Math.min(milliseconds, until - environment.now())),
});

/** Looks once, as far as time allows. @throws NodeApiError when the vendor fails as a whole */
async function look<Reply, F extends Fields, O extends Fields>(
	context: IPollFunctions,
	trigger: WatchTrigger<Reply, F, O>,
	from: string,
	most: number,
): Promise<Sight> {
	const read: ReadParameter = (name) => context.getNodeParameter(name, null);
	const environment = createEnvironment(context);
	try {
		const settings = readOptions(watchOptions, read);
		const parameters = {
			...readFields(trigger.fields, read),
			...readOptions(trigger.options, read),
		};
		// The last request may take all of its time.
		const budget = pollBudgetMs(context, DEFAULT_BUDGET_MS);
		const until = environment.now() + Math.max(budget - settings.timeout, budget / 2);
		const pace = createPacer(withinTime(environment, until));
		const open = await openVendor(context, trigger.vendor, { environment, continueOnFail: false });
		const manner = inTurns(openSideBySide(environment), settings, async () => {
			await pace(settings.requestInterval);
			if (environment.now() >= until) throw createOutOfTimeError();
		});
		return await trigger.look(parameters, open(manner).readAs(trigger.vendor), { from, most });
	} catch (failure) {
		throw toNodeError(context.getNode(), 'read', failure, 0);
	}
}

/** How n8n says that an execution did not come to its end, though it was stored. */
const wasStored = (failure: unknown): boolean =>
	failure instanceof ExecutionCancelledError ||
	(failure instanceof Error && failure.constructor.name === 'ExecutionNotFoundError');

/**
 * Hands events to n8n.
 *
 * @param undo is called when n8n could not store them: at once, or when it says so later; 1.x does not
 */
function emit(context: IPollFunctions, events: readonly IDataObject[], undo: () => void): void {
	// In 1.x, what n8n cannot store would reject this without anyone to hear of it.
	const end = saysPollBudget(context)
		? context.helpers.createDeferredPromise<IRun | undefined>()
		: undefined;
	end?.promise.catch((failure: unknown) => {
		if (!wasStored(failure)) undo();
	});
	try {
		context.__emit([toItems(events)], undefined, end);
	} catch (failure) {
		undo();
		throw toNodeError(context.getNode(), 'read', failure, 0);
	}
}

/** Where polls that are under way will leave what they have seen, by node. */
const underWay = new Map<string, Set<IDataObject>>();

/**
 * Tells what has changed since the last poll.
 *
 * Polls of a node do not overlap: both would tell the same. One that comes while another is under way
 * does nothing, but gets what that one saw, as the workflow may have been published anew meanwhile:
 * n8n then polls with another copy of the static data.
 *
 * @throws NodeApiError when the vendor fails as a whole, and nothing changes
 */
async function tellChanges<Reply, F extends Fields, O extends Fields>(
	context: IPollFunctions,
	trigger: WatchTrigger<Reply, F, O>,
): Promise<null> {
	const kept = context.getWorkflowStaticData('node');
	const key = stateKey(context);
	const other = underWay.get(key);
	if (other) {
		other.add(kept);
		return null;
	}
	const keepers = new Set([kept]);
	underWay.set(key, keepers);
	try {
		const sight = await look(context, trigger, toText(kept.next), Infinity);
		// No pause from here on: what is told and what is remembered go together.
		const { memory: before } = kept;
		const { events, memory } = sight.changesSince(before);
		for (const keeper of keepers) Object.assign(keeper, { memory, next: sight.next });
		if (events.length > 0) {
			emit(context, events, () => {
				for (const keeper of keepers) if (keeper.memory === memory) keeper.memory = before;
			});
		}
		return null;
	} finally {
		underWay.delete(key);
	}
}

/**
 * Looks, and starts an execution with what has changed. A test shows what holds now, or what an event
 * looks like, and remembers nothing.
 *
 * @throws NodeApiError when the vendor fails as a whole
 */
export async function runWatch<Reply, F extends Fields, O extends Fields>(
	context: IPollFunctions,
	trigger: WatchTrigger<Reply, F, O>,
): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() !== 'manual') return await tellChanges(context, trigger);
	const examples = (await look(context, trigger, '', MOST_IN_TEST)).examples();
	return examples.length > 0 ? [toItems(examples)] : null;
}
