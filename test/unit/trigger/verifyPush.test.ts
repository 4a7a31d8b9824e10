import type { Push, PushTrigger } from '../../../nodes/shared/contracts/push';
import { verifyPush } from '../../../nodes/shared/trigger/verifyPush';

/** Signs with whatever secret, an empty one too, unless it signs nothing. */
const triggerThat = (
	proof: 'signature' | 'token',
	push: Partial<Push> = { isSignedWith: () => true },
): PushTrigger =>
	({
		vendor: { proof },
		parse: (text: string) =>
			text.startsWith('{')
				? {
						records: [
							{ event: 'sent', row: { id: 1 } },
							{ event: 'other', row: {} },
						],
						...push,
					}
				: undefined,
		selects: ({ event }: { event: string }) => event === 'sent',
	}) as unknown as PushTrigger;

const verify = (trigger: PushTrigger, secret: string | undefined, body = '{"a":1}') =>
	verifyPush(
		trigger,
		{ bytes: Buffer.from(body), contentType: '', formTexts: [], token: undefined },
		{ secret, parameters: {} },
	);

const WRONG_SIGNATURE = {
	outcome: 'refused',
	status: 401,
	reason: 'its signature is wrong',
};

test('without a secret nothing is signed, for everybody could sign with it', () => {
	expect(verify(triggerThat('signature'), '')).toEqual(WRONG_SIGNATURE);
	expect(verify(triggerThat('signature'), 'secret')).toMatchObject({ outcome: 'accepted' });
});

test('a push that cannot say whether it is signed is not', () => {
	const records = [{ event: 'sent', row: {} }];
	expect(verify(triggerThat('signature', { records }), 'secret')).toEqual(WRONG_SIGNATURE);
});

test('what was asked for is accepted, and nothing else', () => {
	expect(verify(triggerThat('token'), '')).toEqual({
		outcome: 'accepted',
		records: [{ event: 'sent', row: { id: 1 } }],
		// Anybody could have sent it.
		isProven: false,
	});
	const others = { records: [{ event: 'other', row: {} }] };
	expect(verify(triggerThat('token', others), '')).toEqual({ outcome: 'ignored' });
});

test('each refusal says why, for the log', () => {
	expect(verify(triggerThat('token'), 'secret')).toEqual({
		outcome: 'refused',
		status: 401,
		reason: 'the push token in the URL is missing or wrong',
	});
	expect(verify(triggerThat('token'), '', 'no push')).toEqual({
		outcome: 'refused',
		status: 400,
		reason: 'its body cannot be read, or is not a push for this trigger',
	});
});

test.each(['token', 'signature'] as const)(
	'a secret that is no text lets nobody in: %s',
	(proof) => {
		expect(verify(triggerThat(proof), undefined)).toMatchObject({
			outcome: 'refused',
			status: 401,
			reason: expect.stringContaining('the credential is misconfigured') as string,
		});
	},
);
