import { lookUntil } from '../../../shared/contracts/lookUntil';
import { defineIdempotentOperation, type VendorClient } from '../../../shared/contracts/operation';
import { deliveryWaitOptions, toLooks } from '../../../shared/fields/waitFields';
import { toText } from '../../../shared/wire/values';
import { m2mList, type M2mReply } from '../protocol';
import { getSmsDelivery } from './getSmsDelivery';
import { sendSms } from './sendSms';

/** What the platform told of a message so far. */
async function getDelivery(sendKey: string, client: VendorClient<M2mReply>) {
	const rows = await getSmsDelivery.perform({ sendKey }, client.readAs(m2mList));
	const found = rows.map((row) => ({ raw: row.raw, fields: row.simplify() }));
	// A row without a key is an answer to what was asked; one with another key is not.
	const keys = [sendKey.toLowerCase(), ''];
	return found.find(({ fields }) => keys.includes(toText(fields.sendKey).toLowerCase()));
}

const isOver = (status: unknown): boolean => status === 'delivered' || status === 'failed';

/**
 * Sends a message as `sms.send` does, then looks until it was delivered or has failed (M2M §2.5). No
 * record (0019) is pending, and a look that fails does not end the waiting.
 */
export const sendSmsAndWaitForDelivery = defineIdempotentOperation({
	...sendSms,
	operation: 'sendAndWaitForDelivery',
	name: 'Send and Wait for Delivery',
	action: 'Send an SMS to an IoT card or a phone and wait until it has arrived: costs money',
	description:
		'Send a text to an IoT card or a phone, and wait until it was delivered or has failed. Each item waits for its own message.',
	source: 'M2M §2.3, §2.5',
	options: { ...deliveryWaitOptions(10), ...sendSms.options },
	check: (parameters) => sendSms.check?.(parameters),
	repeatKey: ({ waitSeconds: _, checkIntervalSeconds: __, ...message }, reference) =>
		sendSms.repeatKey?.(message, reference),
	perform: async ({ waitSeconds, checkIntervalSeconds, ...message }, client, item) => {
		const [accepted] = await sendSms.perform(message, client, item);
		const { sendKey, ...sent } = accepted?.simplify() ?? {};
		const { now } = client.environment;
		const start = now();
		let last = accepted?.raw ?? {};
		let told = { status: 'pending', statusCode: '', checkError: '' };
		const isKnown = await lookUntil(client.environment, {
			...toLooks({ waitSeconds, checkIntervalSeconds }),
			look: async () => {
				try {
					const found = await getDelivery(toText(sendKey), client);
					last = found?.raw ?? last;
					const { status, statusCode } = found?.fields ?? {};
					told = {
						status: isOver(status) ? toText(status) : 'pending',
						statusCode: toText(statusCode),
						checkError: '',
					};
				} catch (failure) {
					// The message is out: nothing may look as if it were not.
					told.checkError = failure instanceof Error ? failure.message : String(failure);
				}
				return isOver(told.status);
			},
		});
		const result = {
			...{ sendKey, ...sent, ...told },
			timedOut: !isKnown,
			waitedSeconds: Math.round((now() - start) / 1_000),
		};
		return [{ raw: last, simplify: () => result }];
	},
});
