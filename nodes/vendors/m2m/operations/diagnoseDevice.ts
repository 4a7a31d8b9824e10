import { VendorError } from '../../../shared/errors';
import { wholeNumber } from '../../../shared/fields';
import { defineOperation, type Row, type Session } from '../../../shared/operation';
import { cardNumber } from '../fields';
import { m2m, NO_RECORD, type M2mReply } from '../protocol';
import { getDiagnosis } from './getDiagnosis';
import { startDiagnosis } from './startDiagnosis';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5_000;

/** The last known result; undefined when the device was never diagnosed. */
const lastDiagnosis = (card: string, session: Session<M2mReply>): Promise<Row | undefined> =>
	getDiagnosis.perform({ cardNumber: card }, session).then(
		(rows) => rows[0],
		(error: unknown) => {
			if (error instanceof VendorError && error.code === NO_RECORD) return undefined;
			throw error;
		},
	);

/**
 * Starts a diagnosis and waits for its result, which is one with another time than the last known.
 * When the time is up, the last known result comes with `timedOut: true`.
 */
export const diagnoseDevice = defineOperation({
	resource: 'device',
	operation: 'diagnose',
	name: 'Diagnose',
	action: 'Diagnose a device and wait for the result',
	description: 'Find out whether a device is on: starts a diagnosis and waits for its result',
	source: 'M2M §2.9, §2.10',
	effect: 'send',
	vendor: m2m,
	fields: { cardNumber },
	options: {
		waitSeconds: wholeNumber(
			{
				displayName: 'Wait Seconds',
				description: 'How many seconds to wait for the result of the diagnosis',
				unit: 'seconds',
			},
			{ min: 1, max: 3600 },
			60,
		),
	},
	perform: async ({ cardNumber: card, waitSeconds }, session) => {
		const { now, sleep } = session.environment;
		const before = await lastDiagnosis(card, session);
		await startDiagnosis.perform({ cardNumber: card }, session);
		const end = now() + waitSeconds * 1_000;
		let latest = before;
		let pause = FIRST_PAUSE_MS;
		for (;;) {
			const isNew = latest && latest.simplified.diagnosedAt !== before?.simplified.diagnosedAt;
			const left = end - now();
			if (isNew || left <= 0) {
				const known = latest ?? { vendor: {}, simplified: { cardNumber: card } };
				return [{ ...known, simplified: { ...known.simplified, timedOut: !isNew } }];
			}
			await sleep(Math.min(pause, left));
			pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
			latest = (await lastDiagnosis(card, session)) ?? latest;
		}
	},
});
