import { VendorError } from '../../../nodes/shared/contracts/errors';
import type { VendorClient, VendorRequest } from '../../../nodes/shared/contracts/operation';
import { diagnoseDevice } from '../../../nodes/vendors/m2m/operations/diagnoseDevice';
import type { M2mReply } from '../../../nodes/vendors/m2m/protocol';
import { ONE_BY_ONE } from '../../support/client';

const START = '/M2MMacState.ashx';
const RESULT = '/M2MMacStateResult.ashx';

const refusal = (code: string) => new VendorError(`refused ${code}`, { code, advice: 'Wait.' });

const resultAt = (lasttime: string) => ({ cardcode: '1064', macstatus: '1', lasttime });

type Look = ReturnType<typeof resultAt> | VendorError;

/** Runs a diagnosis; the looks at its result give these in turn, the last one again and again. */
async function diagnose(looks: readonly Look[], { cancelAfterMs = Infinity } = {}) {
	const requests: string[] = [];
	let clock = 0;
	let nth = 0;
	const client: VendorClient<M2mReply> = {
		environment: {
			now: () => clock,
			random: () => '',
			sleep: async (milliseconds) => {
				clock += Math.max(0, Math.min(milliseconds, cancelAfterMs - clock));
			},
			timeZone: 'UTC',
		},
		continueOnFail: false,
		account: 'account',
		...ONE_BY_ONE,
		send: async ({ path }: VendorRequest) => {
			requests.push(path);
			if (path === START) return { raw: {}, rows: [] };
			const look = looks[Math.min(nth++, looks.length - 1)];
			if (look === undefined || look instanceof VendorError) throw look;
			return { raw: {}, rows: [look] };
		},
	};
	const parameters = { cardNumber: '1064', waitSeconds: 20 };
	const outcome = await diagnoseDevice.perform(parameters, client).then(
		(rows) => rows.map(({ simplify }) => simplify()),
		(error: unknown) => error,
	);
	return { outcome, requests, seconds: clock / 1_000 };
}

const OLD = resultAt('2024-01-01 00:00:00');
const NEW = resultAt('2024-01-02 00:00:00');

test('it waits for a result with another time, at growing distances', async () => {
	const { outcome, requests, seconds } = await diagnose([OLD, OLD, OLD, NEW]);
	expect(outcome).toMatchObject([
		{ diagnosedAt: NEW.lasttime, deviceStatus: 'on', timedOut: false },
	]);
	expect(requests).toEqual([RESULT, START, RESULT, RESULT, RESULT]);
	expect(seconds).toBe(1 + 2 + 4);
});

test('a device that was never diagnosed has no result at first', async () => {
	const { outcome } = await diagnose([refusal('0019'), refusal('0019'), NEW]);
	expect(outcome).toMatchObject([{ diagnosedAt: NEW.lasttime, timedOut: false }]);
});

test('when the time is up, the last known result comes', async () => {
	const { outcome, seconds } = await diagnose([OLD]);
	expect(outcome).toMatchObject([{ diagnosedAt: OLD.lasttime, timedOut: true }]);
	expect(seconds).toBe(20);
	const never = await diagnose([refusal('0019')]);
	// No field is absent: an expression may point to any of them.
	expect(never.outcome).toEqual([
		{
			cardNumber: '1064',
			deviceStatus: '',
			diagnosedAt: '',
			iccid: '',
			imsi: '',
			deviceStatusCode: '',
			timedOut: true,
		},
	]);
});

test('what cannot be asked about is not started', async () => {
	const { outcome, requests } = await diagnose([refusal('0014')]);
	expect(outcome).toMatchObject({ code: '0014', partlyDone: false });
	expect(requests).toEqual([RESULT]);
});

test('a look that fails does not end the waiting', async () => {
	const { outcome, requests } = await diagnose([OLD, refusal('0001'), refusal('TIMEOUT'), NEW]);
	expect(outcome).toMatchObject([{ diagnosedAt: NEW.lasttime, timedOut: false }]);
	expect(requests.filter((path) => path === START)).toHaveLength(1);
});

test('when the last look fails, the error says that the diagnosis was started', async () => {
	const { outcome, requests } = await diagnose([OLD, refusal('0001')]);
	expect(outcome).toMatchObject({
		message: 'The diagnosis was started, but its result could not be read: refused 0001',
		code: '0001',
		// So that n8n's Retry on Fail does not start it again.
		partlyDone: true,
	});
	expect(requests.filter((path) => path === START)).toHaveLength(1);
});

test('a cancelled execution asks no more', async () => {
	const { outcome, requests } = await diagnose([OLD], { cancelAfterMs: 2_000 });
	expect(outcome).toMatchObject([{ timedOut: true }]);
	expect(requests).toEqual([RESULT, START, RESULT]);
});

test('a look that is lost before the start has started nothing, and can all be tried again', async () => {
	const lost = new VendorError('no answer', { code: 'TIMEOUT', advice: '', outcomeUnknown: true });
	const { outcome, requests } = await diagnose([lost]);
	expect(outcome).toMatchObject({ code: 'TIMEOUT', outcomeUnknown: false, partlyDone: false });
	expect(requests).not.toContain(START);
});
