import { VendorError } from '../../../shared/contracts/errors';
import { lookUntil } from '../../../shared/contracts/lookUntil';
import { integerField } from '../../../shared/fields/fields';
import { defineOperation, type Row, type VendorClient } from '../../../shared/contracts/operation';
import { cardNumber } from '../fields';
import { m2m, NO_RECORD, type M2mReply } from '../protocol';
import { getDiagnosis, toDiagnosis } from './getDiagnosis';
import { startDiagnosis } from './startDiagnosis';

const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 5_000;

/** The last known result; undefined when the device was never diagnosed. */
const getLastDiagnosis = (card: string, client: VendorClient<M2mReply>): Promise<Row | undefined> =>
	getDiagnosis.perform({ cardNumber: card }, client).then(
		(rows) => rows[0],
		(error: unknown) => {
			if (error instanceof VendorError && error.code === NO_RECORD) return undefined;
			throw error;
		},
	);

/** @throws whatever else went wrong */
const asVendorError = (failure: unknown): VendorError => {
	if (failure instanceof VendorError) return failure;
	throw failure;
};

/** Only a look was lost: nothing has been started, and all of it can be tried again. */
const createNotStartedError = (failure: VendorError): VendorError =>
	new VendorError(failure.message, {
		code: failure.code,
		vendorMessage: failure.vendorMessage,
		advice: `The diagnosis was not started. ${failure.advice}`,
	});

/** The diagnosis is under way, and must not be started once more because nobody saw its result. */
const createStartedError = (failure: VendorError): VendorError =>
	new VendorError(
		`The diagnosis was started, but its result could not be read: ${failure.message}`,
		{
			code: failure.code,
			vendorMessage: failure.vendorMessage,
			advice: `Read the result later with the operation Get Diagnosis, without starting another one. ${failure.advice}`,
			partlyDone: true,
		},
	);

/**
 * Starts a diagnosis and waits for its result, which is one with another time than the last known.
 * When the time is up, the last known result comes with `timedOut: true`. A look that fails does not
 * end the waiting.
 *
 * @throws VendorError when the diagnosis could not be started, or the last look has failed
 */
export const diagnoseDevice = defineOperation({
	resource: 'device',
	operation: 'diagnose',
	name: 'Diagnose',
	action: 'Find out whether a device is on: starts a diagnosis and waits up to a minute',
	description: 'Find out whether a device is on: start a diagnosis and wait for its result',
	source: 'M2M §2.9, §2.10',
	effect: 'send',
	vendor: m2m,
	fields: { cardNumber },
	options: {
		waitSeconds: integerField(
			{
				displayName: 'Wait Seconds',
				description:
					'How many seconds to wait for the result. After that, the last known one comes out.',
				unit: 'seconds',
			},
			{ min: 1, max: 3600 },
			60,
		),
	},
	perform: async ({ cardNumber: card, waitSeconds }, client) => {
		const before = await getLastDiagnosis(card, client).catch((failure: unknown) => {
			throw failure instanceof VendorError ? createNotStartedError(failure) : failure;
		});
		await startDiagnosis.perform({ cardNumber: card }, client);
		let latest = before;
		let failure: VendorError | undefined;
		const timeOf = (row: Row | undefined) => row?.simplify().diagnosedAt;
		const isNew = () => timeOf(latest) !== timeOf(before);
		await lookUntil(client.environment, {
			waitMs: waitSeconds * 1_000,
			pauseBefore: (look) => Math.min(FIRST_PAUSE_MS * 2 ** look, MAX_PAUSE_MS),
			look: async () => {
				failure = await getLastDiagnosis(card, client).then((found) => {
					latest = found ?? latest;
					return undefined;
				}, asVendorError);
				return isNew();
			},
		});
		if (failure) throw createStartedError(failure);
		const timedOut = !isNew();
		const known = latest ?? { raw: {}, simplify: () => toDiagnosis({ cardcode: card }) };
		return [{ raw: known.raw, simplify: () => ({ ...known.simplify(), timedOut }) }];
	},
});
