import type { IDataObject } from 'n8n-workflow';

import { openItemLedger, type ItemLedger } from '../../../nodes/shared/action/itemLedger';
import { InputError, VendorError } from '../../../nodes/shared/contracts/errors';
import type { Operation } from '../../../nodes/shared/contracts/operation';

const sendSms = { resource: 'sms', operation: 'send' } as Operation;

const open = (memory: IDataObject, run = 0, operation = sendSms): ItemLedger =>
	openItemLedger(memory, operation, { run });

/** As n8n keeps it with the execution, and another process reads it. */
const kept = (memory: IDataObject): IDataObject =>
	JSON.parse(JSON.stringify(memory)) as IDataObject;

const serveWith = (...items: IDataObject[]) => jest.fn(async () => items);
const failWith = (failure: unknown) =>
	jest.fn(async () => {
		throw failure;
	});

const failureOf = async (work: Promise<unknown>): Promise<unknown> =>
	await work.then(
		() => 'no failure',
		(failure: unknown) => failure,
	);

test('an item that was served gives what it gave, and is not served again', async () => {
	const memory: IDataObject = {};
	expect(await open(memory).serveOnce(0, serveWith({ taskId: '7' }, { taskId: '8' }))).toEqual([
		{ taskId: '7' },
		{ taskId: '8' },
	]);
	const again = serveWith({ taskId: '9' });
	expect(await open(kept(memory)).serveOnce(0, again)).toEqual([{ taskId: '7' }, { taskId: '8' }]);
	expect(again).not.toHaveBeenCalled();
});

test('each item is served for itself', async () => {
	const memory: IDataObject = {};
	await open(memory).serveOnce(0, serveWith({ taskId: '7' }));
	expect(await open(kept(memory)).serveOnce(1, serveWith({ taskId: '8' }))).toEqual([
		{ taskId: '8' },
	]);
});

test('what was broken off without an end is in doubt, and not served again', async () => {
	const memory: IDataObject = {};
	await new Promise<void>((isServed) => {
		const serve = async () => await new Promise<never>(() => isServed());
		void open(memory).serveOnce(0, serve);
	});
	const again = serveWith({});
	expect(await failureOf(open(kept(memory)).serveOnce(0, again))).toMatchObject({
		name: 'VendorError',
		code: 'OUTCOME_UNKNOWN',
		outcomeUnknown: true,
	});
	expect(again).not.toHaveBeenCalled();
});

test.each([
	['a refusal', new VendorError('no', { code: '1', advice: '' })],
	['a wrong parameter', new InputError('To', 'is empty', '')],
])('%s is clear, and is tried again', async (_what, refusal) => {
	const memory: IDataObject = {};
	expect(await failureOf(open(memory).serveOnce(0, failWith(refusal)))).toBe(refusal);
	expect(await open(kept(memory)).serveOnce(0, serveWith({ taskId: '7' }))).toEqual([
		{ taskId: '7' },
	]);
});

test.each([
	['an unknown outcome', { outcomeUnknown: true }],
	['a half of it done', { partlyDone: true }],
])('%s fails again as it failed, with all that was said', async (_what, fate) => {
	const said = {
		code: 'TIMEOUT',
		advice: 'Look there.',
		vendorMessage: 'words',
		details: { accepted: ['1'] },
	};
	const failure = new VendorError('It failed', { ...said, ...fate });
	const memory: IDataObject = {};
	expect(await failureOf(open(memory).serveOnce(0, failWith(failure)))).toBe(failure);
	const again = serveWith({});
	const repeated = await failureOf(open(kept(memory)).serveOnce(0, again));
	expect(repeated).toBeInstanceOf(VendorError);
	expect(repeated).toMatchObject({
		message: 'It failed',
		...said,
		outcomeUnknown: false,
		partlyDone: false,
		...fate,
	});
	expect(again).not.toHaveBeenCalled();
});

test.each([
	[new TypeError('fault'), 'fault'],
	['thrown text', 'thrown text'],
])('a fault of our own leaves the outcome unknown: %s', async (fault, message) => {
	const memory: IDataObject = {};
	const first = await failureOf(open(memory).serveOnce(0, failWith(fault)));
	expect(first).toMatchObject({ message, code: 'UNEXPECTED', outcomeUnknown: true });
	expect(await failureOf(open(kept(memory)).serveOnce(0, serveWith({})))).toMatchObject({
		message,
		code: 'UNEXPECTED',
		outcomeUnknown: true,
	});
});

test.each<[string, number, Operation]>([
	['another run', 1, sendSms],
	['another operation', 0, { ...sendSms, operation: 'sendFormatted' }],
	['another resource', 0, { ...sendSms, resource: 'order' }],
])('%s of the node begins anew', async (_what, run, operation) => {
	const memory: IDataObject = {};
	await open(memory).serveOnce(0, serveWith({ taskId: '7' }));
	const other = open(kept(memory), run, operation);
	expect(await other.serveOnce(0, serveWith({ taskId: '8' }))).toEqual([{ taskId: '8' }]);
});

test.each([
	['nothing', {}],
	['a text', { ledger: 'x' }],
	['no entries', { ledger: { run: 0 } }],
	['a text for an entry', { ledger: { run: 0, byOperation: { 'sms.send': { 0: 'x' } } } }],
])('a memory that holds %s remembers nothing', async (_what, memory) => {
	expect(await open(memory).serveOnce(0, serveWith({ taskId: '8' }))).toEqual([{ taskId: '8' }]);
});

test('a run without a failure leaves nothing behind, and other memories alone', async () => {
	const memory: IDataObject = { firstExecution: '5' };
	const ledger = open(memory);
	await ledger.serveOnce(0, serveWith({}));
	ledger.forget();
	expect(memory).toEqual({ firstExecution: '5' });
});
