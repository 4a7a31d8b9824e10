import { defineOperation } from '../../../shared/operation';
import { numberOf, textOf } from '../../../shared/values';
import { content, domesticTo, extno, messageText, sendAt, signature } from '../fields';
import { formRequest, smsPlatform } from '../protocol';
import { sendToAll, total, wholeReplies } from '../sendToAll';
import { segmentsOf, sendTimeOf } from '../values';

/** Not in the document: the page is `sms.aspx`, its content plain text, its reply has `remainpoint`. */
export const sendDomesticMessage = defineOperation({
	resource: 'message',
	operation: 'sendDomestic',
	name: 'Send Domestic',
	action: 'Send an SMS to numbers in mainland China',
	description: 'Send a text to one or many phones in mainland China over the domestic interface',
	source: 'SMS §1, sms.aspx',
	effect: 'send',
	vendor: smsPlatform,
	fields: { to: domesticTo, content },
	options: { extno, sendAt, signature },
	check: ({ content: text, signature: name }) => void messageText(text, name),
	perform: async ({ to: recipients, content: text, ...options }, session) => {
		const message = messageText(text, options.signature);
		const sent = await sendToAll(
			recipients,
			session,
			(mobiles) =>
				formRequest('/sms.aspx', {
					mobile: mobiles.join(','),
					content: message,
					sendTime: sendTimeOf(options.sendAt),
					action: 'send',
					extno: options.extno ?? '',
				}),
			({ fields }) => textOf(fields.taskid),
		);
		const replies = sent.map(({ reply }) => reply.fields);
		const taskIds = replies.map(({ taskid }) => textOf(taskid));
		return [
			{
				vendor: wholeReplies(sent),
				simplified: {
					taskId: taskIds[0] ?? '',
					taskIds,
					status: 'accepted',
					message: textOf(replies[0]?.message),
					recipientCount: recipients.length,
					successCount: total(replies.map(({ successcounts }) => numberOf(successcounts))),
					remainingPoints: numberOf(replies[replies.length - 1]?.remainpoint),
					segmentCount: segmentsOf(message),
				},
			},
		];
	},
});
