/**
 * Fetches lists that a vendor hands out once: the n8n side of a polling trigger.
 *
 * A row that was handed out exists nowhere but here until n8n has stored it. So each page starts its
 * execution before the next one is fetched, instead of all at the end, and what goes wrong with a
 * later page does not touch an earlier one. What is left is the moment between the vendor's reply and
 * n8n's database: n8n has no place where a poll could note something down before.
 */
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	IPollFunctions,
} from 'n8n-workflow';

import { createEnvironment } from '../n8n/environment';
import { toNodeError } from '../n8n/nodeErrors';
import { openVendorClient } from '../n8n/vendorClient';
import type { Fields, VendorClient } from '../contracts/operation';
import type { PolledList, PollTrigger } from '../contracts/poll';
import { simplify, timeout } from '../fields/commonFields';
import { simplifyRecord, type PushRecord } from '../contracts/push';
import { pollBudgetMs } from './pollBudget';
import { hintAt, resumeByReply, resumeOptions } from './resumeWaiting';
import {
	isSimplified,
	readFields,
	readOptions,
	triggerProperties,
	type ReadParameter,
} from './triggerProperties';

/** A backlog that is larger waits for the next poll. */
const MAX_PAGES = 100;

/** For an n8n that does not say how long a poll may take: less than the shortest interval. */
const DEFAULT_POLL_BUDGET_MS = 50_000;

const pollOptions = { timeout };

/** All parameters of a polling trigger. */
export const pollTriggerProperties = (
	{ fields, options, replyOf }: PollTrigger,
	notice: string,
): INodeProperties[] =>
	triggerProperties(
		notice,
		{ ...fields, simplify },
		{
			...pollOptions,
			...(replyOf === undefined ? {} : resumeOptions),
			...options,
		},
	);

/** Fetches a list page by page, handing on each page as it comes. */
async function fetchPages(
	list: PolledList,
	client: VendorClient<unknown>,
	maxPages: number,
	until: number,
	handOn: (page: readonly PushRecord[]) => void,
): Promise<void> {
	for (let page = 0; page < maxPages && (page === 0 || Date.now() < until); page++) {
		const records = await list.fetch(client);
		if (records.length > 0) handOn(records);
		if (records.length < list.pageSize) return;
	}
}

/**
 * Fetches what the vendor has.
 *
 * @param emit hands on a page in production; absent in a test, which fetches one page of each list and
 * gets it as the result
 * @throws NodeApiError after everything that could be fetched was handed on
 */
async function fetchLists<F extends Fields, O extends Fields>(
	context: IExecuteFunctions | IPollFunctions,
	trigger: PollTrigger<F, O>,
	read: ReadParameter,
	emit?: (items: INodeExecutionData[]) => void,
): Promise<INodeExecutionData[]> {
	const isSimple = isSimplified(read);
	const itemsOf = (records: readonly PushRecord[]): INodeExecutionData[] =>
		records.map((record) => {
			if (!isSimple) return { json: record.row };
			const json = simplifyRecord(trigger, record);
			return { json: trigger.replyOf?.(json) ? { ...json, resumedExecution: null } : json };
		});

	const shown: INodeExecutionData[] = [];
	const handOn = (records: readonly PushRecord[]): void => {
		const items = itemsOf(records);
		if (emit) emit(items);
		else shown.push(...items);
	};

	// All of it before the first row is handed out.
	const { timeout: timeoutMs } = readOptions({ ...pollOptions, ...resumeOptions }, read);
	const until = Date.now() + pollBudgetMs(context, DEFAULT_POLL_BUDGET_MS) - timeoutMs;
	const failures: unknown[] = [];
	const lists = trigger.lists({
		...readFields(trigger.fields, read),
		...readOptions(trigger.options, read),
	});
	for (const list of lists) {
		try {
			const client = await openVendorClient(context, list.vendor, {
				environment: createEnvironment(context),
				timeoutMs,
				continueOnFail: false,
			});
			await fetchPages(list, client, emit ? MAX_PAGES : 1, until, handOn);
		} catch (failure) {
			failures.push(failure);
		}
	}
	// A test that has something to show shows it: it does not come again.
	if (failures.length > 0 && shown.length === 0) {
		throw toNodeError(context.getNode(), 'consume', failures[0], 0);
	}
	return shown;
}

/**
 * Fetches what the vendor has. In production, each page starts an execution of its own; a test shows
 * one page of each list, which is consumed all the same.
 *
 * @throws NodeApiError after everything that could be fetched was handed on
 */
export async function runPoll<F extends Fields, O extends Fields>(
	context: IPollFunctions,
	trigger: PollTrigger<F, O>,
): Promise<INodeExecutionData[][] | null> {
	const read: ReadParameter = (name) => context.getNodeParameter(name, null);
	const isTest = context.getMode() === 'manual';
	const shown = await fetchLists(
		context,
		trigger,
		read,
		isTest ? undefined : (items) => context.__emit([items]),
	);
	return shown.length > 0 ? [shown] : null;
}

/**
 * The first step of the execution that a page of messages started, for triggers whose messages may
 * answer what a workflow has asked: only an execution can look into another one. In a test, n8n calls
 * this in place of the poll.
 */
export async function resumeByPolled<F extends Fields, O extends Fields>(
	context: IExecuteFunctions,
	trigger: PollTrigger<F, O>,
): Promise<INodeExecutionData[][]> {
	const read: ReadParameter = (name) => context.getNodeParameter(name, 0, null);
	const isTest = context.getMode() === 'manual';
	const items = isTest ? await fetchLists(context, trigger, read) : context.getInputData();
	const { resumeWaiting } = readOptions(resumeOptions, read);
	const { sleep } = createEnvironment(context);
	for (const item of items) {
		const reply = resumeWaiting ? trigger.replyOf?.(item.json) : undefined;
		if (!reply) continue;
		const resumption = await resumeByReply(context, reply, true, sleep);
		hintAt(context, resumption);
		const { resumedExecution } = resumption;
		if (resumedExecution !== null) item.json = { ...item.json, resumedExecution };
	}
	return [items];
}
