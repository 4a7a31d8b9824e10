/** The second half of a push trigger: the first step of the execution that a push started. */
import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { deliveryKey } from './deduplicator';
import { openEnvelope } from './envelope';
import { simplifyRecord, type PushTrigger } from '../contracts/push';
import { nodeStateOf } from './nodeState';
import { createEnvironment } from '../n8n/environment';
import { PLAIN_TEXT } from '../n8n/outgoingAnswer';
import { ANSWERS_WHEN_STORED } from './pushAnswer';
import { hintAt, ORDINARY, resumeByReply, resumeOptions } from './resumeWaiting';
import { isSimplified, readOptions, type ReadParameter } from './triggerProperties';
import { getUnreachableUrlAdvice } from './webhookUrl';

/** Keys of one node in n8n's database, 27 bytes each: 135 kB. The oldest go first. */
const MAX_KEYS = 5_000;

/** 1.x does so when it is started at the very moment at which a push comes in. */
const startedTwiceError = (context: IExecuteFunctions): NodeOperationError =>
	new NodeOperationError(context.getNode(), 'n8n has started this execution twice', {
		description:
			'The first run works on its records, so this one does not. It happens when a push comes in while n8n is starting. Only if n8n was killed at that very moment, retry this execution: its records may come twice then.',
	});

/**
 * Puts out what is new in the execution, one item a record. Where n8n has not answered the push
 * when it stored the execution, it is acknowledged here.
 *
 * There, the records are claimed before the answer, so that whoever waits for it finds them claimed, and
 * recorded in the database after it, so that a push which the vendor has to send again, because n8n
 * broke off before the answer, is not taken for a repeat.
 */
export async function emitPush(
	context: IExecuteFunctions,
	trigger: PushTrigger,
): Promise<INodeExecutionData[][]> {
	const read: ReadParameter = (name) => context.getNodeParameter(name, 0, null);
	const isSimple = isSimplified(read);
	const { resumeWaiting } = readOptions(resumeOptions, read);
	const { deliveryId, records, testUrl } = openEnvelope(context.getInputData()[0]);
	const keys = records.map(({ key }) => key);
	const seals = records.map(({ sealed }) => sealed);

	const { deduplicator } = nodeStateOf(context);
	const mode = context.getMode();
	const dropsRepeats =
		// A test shows everything.
		(mode === 'webhook' || mode === 'retry') &&
		[...keys, ...seals].some((key) => key !== undefined);
	const claim = dropsRepeats ? deduplicator.claim(deliveryKey(deliveryId), keys, seals) : undefined;
	if (dropsRepeats && !claim && mode === 'webhook') throw startedTwiceError(context);

	if (!ANSWERS_WHEN_STORED) {
		await context.sendResponse({
			body: trigger.vendor.acknowledgement,
			headers: { 'content-type': PLAIN_TEXT },
			statusCode: 200,
		});
	}
	const isNew =
		claim && (await deduplicator.filterNew(context, claim, trigger.maxRemembered ?? MAX_KEYS));
	const advice = getUnreachableUrlAdvice(testUrl ?? '');
	if (advice !== undefined) {
		context.addExecutionHints({ message: advice, type: 'warning', location: 'outputPane' });
	}
	const fresh = records.filter((_, position) => isNew?.[position] ?? true);
	const { sleep } = createEnvironment(context);
	const items: INodeExecutionData[] = [];
	for (const record of fresh) {
		const reply = trigger.replyOf?.(record);
		const resumption =
			reply && resumeWaiting
				? await resumeByReply(context, reply, record.isProven === true, sleep)
				: ORDINARY;
		hintAt(context, resumption);
		const { resumedExecution } = resumption;
		items.push({
			json: {
				...(isSimple ? simplifyRecord(trigger, record) : record.row),
				...(reply && isSimple ? { resumedExecution } : {}),
			},
			pairedItem: { item: 0 },
		});
	}
	return [items];
}
