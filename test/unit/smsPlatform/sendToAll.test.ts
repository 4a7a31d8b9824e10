import { VendorError } from '../../../nodes/shared/contracts/errors';
import type { VendorClient, VendorRequest } from '../../../nodes/shared/contracts/operation';
import {
	RECIPIENTS_PER_REQUEST,
	sendToAll,
	total,
} from '../../../nodes/vendors/smsPlatform/sendToAll';
import { ONE_BY_ONE } from '../../support/client';

const numbers = (count: number) =>
	Array.from({ length: count }, (_, at) => `86138${String(at).padStart(8, '0')}`);

const requestFor = (recipients: readonly string[]): VendorRequest => ({
	path: '/',
	body: recipients.join(),
	headers: {},
});

/** Answers the calls one after the other; an error is thrown. */
const clientOf = (answers: ReadonlyArray<string | Error>, continueOnFail: boolean) => {
	const sent: string[] = [];
	const client: VendorClient<string> = {
		environment: { now: () => 0, random: () => '', sleep: async () => {}, timeZone: 'UTC' },
		continueOnFail,
		account: '',
		...ONE_BY_ONE,
		send: async ({ body }) => {
			const answer = answers[sent.push(String(body)) - 1];
			if (typeof answer === 'string') return answer;
			throw answer;
		},
	};
	return { client, sent };
};

const refusal = new VendorError('SMS platform refused: Faild (额度不足)', {
	code: 'Faild',
	advice: 'Top up.',
	vendorMessage: '额度不足',
});
const lost = new VendorError('SMS platform did not answer in time', {
	code: 'TIMEOUT',
	advice: 'Try later.',
	outcomeUnknown: true,
});

const failureOf = async (
	answers: ReadonlyArray<string | Error>,
	continueOnFail: boolean,
	count: number,
) => {
	const { client, sent } = clientOf(answers, continueOnFail);
	const error: unknown = await sendToAll(numbers(count), client, requestFor, (id) => id).then(
		() => undefined,
		(failure: unknown) => failure,
	);
	if (!(error instanceof VendorError)) throw new Error('It did not fail');
	return { error, sent };
};

test('a short list is one request, and its error stays as it is', async () => {
	const { client, sent } = clientOf(['1'], false);
	const all = numbers(RECIPIENTS_PER_REQUEST);
	expect(await sendToAll(all, client, requestFor, (id) => id)).toEqual([
		{ recipients: all, reply: '1' },
	]);
	expect(sent).toEqual([all.join()]);
	expect((await failureOf([refusal], false, 2)).error).toBe(refusal);
});

test('a long list is split in its order', async () => {
	const { client, sent } = clientOf(['1', '2', '3'], false);
	const all = numbers(2 * RECIPIENTS_PER_REQUEST + 1);
	const parts = await sendToAll(all, client, requestFor, (id) => id);
	expect(parts.map(({ recipients }) => recipients.length)).toEqual([
		RECIPIENTS_PER_REQUEST,
		RECIPIENTS_PER_REQUEST,
		1,
	]);
	expect(sent.join()).toBe(all.join());
});

test('a failure in the middle stops, and says what became of every number', async () => {
	const all = numbers(2 * RECIPIENTS_PER_REQUEST + 2);
	const { error, sent } = await failureOf(['17', refusal], false, all.length);
	expect(sent).toHaveLength(2);
	expect(error).toMatchObject({
		code: 'Faild',
		message: 'SMS platform accepted 500 of 1002 recipients. SMS platform refused: Faild (额度不足)',
		vendorMessage: '额度不足',
		outcomeUnknown: false,
		partlyDone: true,
		details: {
			recipientCount: 1002,
			accepted: all.slice(0, 500),
			taskIds: ['17'],
			notAccepted: all.slice(500, 1000),
			outcomeUnknown: [],
			notSent: all.slice(1000),
			failures: [
				{ code: 'Faild', message: 'SMS platform refused: Faild (额度不足)', recipientCount: 500 },
			],
		},
	});
	expect(error.advice).toBe(
		'It accepted 500 (task IDs 17): 8613800000000 to 8613800000499 in the order given. ' +
			'It did not accept 500: 8613800000500 to 8613800000999 in the order given. ' +
			'Nothing was sent to 2: 8613800001000, 8613800001001. ' +
			'Do not send again to those that were accepted. Top up.',
	);
});

test('or goes on, if the user chose so', async () => {
	const all = numbers(3 * RECIPIENTS_PER_REQUEST);
	const { error, sent } = await failureOf([refusal, lost, '19'], true, all.length);
	expect(sent).toHaveLength(3);
	expect(error).toMatchObject({
		code: 'Faild',
		outcomeUnknown: true,
		details: {
			accepted: all.slice(1000),
			taskIds: ['19'],
			notAccepted: all.slice(0, 500),
			outcomeUnknown: all.slice(500, 1000),
			notSent: [],
		},
	});
});

test('sums are rounded, and null when nothing is known', () => {
	expect(total([0.1, 0.2, null])).toBe(0.3);
	expect(total([null])).toBeNull();
});
