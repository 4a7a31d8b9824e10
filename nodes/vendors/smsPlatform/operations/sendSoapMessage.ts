import { choice } from '../../../shared/fields';
import { defineOperation } from '../../../shared/operation';
import { numberOf } from '../../../shared/values';
import { xmlElement } from '../../../shared/xml';
import { extno, messageText, sendAt, signature, soapContentText, to } from '../fields';
import { sendToAll, total, wholeReplies } from '../sendToAll';
import { resultField, smsPlatformSoap, soapRequest } from '../soap';
import { nil } from '../soapEnvelope';
import { planSendTimeOf, segmentsOf } from '../values';

const METHODS = { international: 'SendI18NSms', hybrid: 'SendHybridSms' } as const;

export const sendSoapMessage = defineOperation({
	resource: 'message',
	operation: 'sendSoap',
	name: 'Send via SOAP',
	action: 'Send an SMS via the SOAP service',
	description:
		'Send a text to one or many phones over the SOAP web service. The platform recommends the operation Send instead.',
	source: 'SMS §7',
	effect: 'send',
	vendor: smsPlatformSoap,
	fields: {
		route: choice(
			{ displayName: 'Route', description: 'Which of the two services sends the message' },
			[
				{ name: 'Hybrid', value: 'hybrid', description: 'Domestic and international numbers' },
				{ name: 'International', value: 'international' },
			],
			'international',
		),
		to,
		content: soapContentText,
	},
	options: { extno, sendAt, signature },
	check: ({ content: text, signature: name }) => void messageText(text, name),
	perform: async ({ route, to: recipients, content: text, ...options }, session) => {
		const message = messageText(text, options.signature);
		const sent = await sendToAll(
			recipients,
			session,
			(mobiles) =>
				soapRequest(METHODS[route], [
					xmlElement('sms', [
						xmlElement('Msisdns', mobiles.join(',')),
						xmlElement('SMSContent', message),
						xmlElement('ExtNumber', options.extno ?? ''),
						options.sendAt === undefined
							? nil('PlanSendTime')
							: xmlElement('PlanSendTime', planSendTimeOf(options.sendAt)),
					]),
				]),
			(reply) => resultField(reply, 'MsgId'),
		);
		const replies = sent.map(({ reply }) => reply);
		const numbers = (name: string) => replies.map((reply) => numberOf(resultField(reply, name)));
		const taskIds = replies.map((reply) => resultField(reply, 'MsgId'));
		const [first] = replies;
		return [
			{
				vendor: wholeReplies(sent),
				simplified: {
					taskId: taskIds[0] ?? '',
					taskIds,
					status: 'accepted',
					statusCode: first ? resultField(first, 'StatusCode') : '',
					description: first ? resultField(first, 'Description') : '',
					recipientCount: recipients.length,
					balance: numbers('Balance').at(-1) ?? null,
					billedAmount: total(numbers('BillingAmount')),
					billedCount: total(numbers('BillingCount')),
					segmentCount: segmentsOf(message),
					errors: replies.flatMap(({ errors }) => errors),
				},
			},
		];
	},
});
