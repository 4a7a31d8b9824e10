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
import type { Failed, Sight, WatchTrigger } from '../contracts/watch';
import { concurrency, requestInterval, timeout } from '../fields/commonFields';
import { createEnvironment } from '../n8n/environment';
import { toNodeError } from '../n8n/nodeErrors';
import { inTurns, openVendor } from '../n8n/vendorClient';
import { createPacer } from '../wire/pacer';
import { openSideBySide } from '../wire/sideBySide';
import { toNumber, toText } from '../wire/values';
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

/** Looks once, as far as time allows. @throws NodeApiError */
async function look<Reply, F extends Fields, O extends Fields>(
	context: IPollFunctions,
	trigger: WatchTrigger<Reply, F, O>,
	from: string,
	most: number,
): Promise<Sight | Failed> {
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

/** @throws NodeApiError of a look that failed */
function expectSight(context: IPollFunctions, look: Sight | Failed): Sight {
	if ('failure' in look) throw toNodeError(context.getNode(), 'read', look.failure, 0);
	return look;
}

/**
 * Hands events to n8n.
 *
 * @param onRefusal is called when n8n could not store them: at once, or when it says so later; 1.x
 * does not
 */
function emit(
	context: IPollFunctions,
	events: readonly IDataObject[],
	onRefusal: () => void,
): void {
	// In 1.x, what n8n cannot store would reject this without anyone to hear of it.
	const end = saysPollBudget(context)
		? context.helpers.createDeferredPromise<IRun | undefined>()
		: undefined;
	end?.promise.catch((failure: unknown) => {
		if (!wasStored(failure)) onRefusal();
	});
	try {
		context.__emit([toItems(events)], undefined, end);
	} catch (failure) {
		onRefusal();
		throw toNodeError(context.getNode(), 'read', failure, 0);
	}
}

/** What n8n refused: the events of a poll, which goes by its number. */
interface Refused {
	readonly poll: number;
	readonly events: readonly IDataObject[];
}

/** By node, until its next poll hands it to n8n again. */
const refused = new Map<string, readonly Refused[]>();

/**
 * Takes what n8n refused.
 *
 * @param lastPoll the last one that is remembered. Events of a later one are not given: n8n went back
 * to what it has stored, and they will be found once more.
 */
function takeRefused(key: string, lastPoll: number): readonly IDataObject[] {
	const due = (refused.get(key) ?? []).filter(({ poll }) => poll <= lastPoll);
	refused.delete(key);
	return due.flatMap(({ events }) => events);
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
 * @throws NodeApiError when the vendor fails as a whole, and nothing changes but where the next poll
 * begins
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
		const looked = await look(context, trigger, toText(kept.next), Infinity);
		const remember = (seen: IDataObject) => {
			for (const keeper of keepers) Object.assign(keeper, { ...seen, next: looked.next });
		};
		if ('failure' in looked) remember({});
		// No pause from here on: what is told and what is remembered go together.
		const { events: changes, memory } = expectSight(context, looked).changesSince(kept.memory);
		const lastPoll = toNumber(kept.polls) ?? 0;
		const events = [...takeRefused(key, lastPoll), ...changes];
		const poll = lastPoll + 1;
		remember({ memory, polls: poll });
		if (events.length > 0) {
			emit(context, events, () => {
				refused.set(key, [...(refused.get(key) ?? []), { poll, events }]);
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
	const examples = expectSight(context, await look(context, trigger, '', MOST_IN_TEST)).examples();
	return examples.length > 0 ? [toItems(examples)] : null;
}
