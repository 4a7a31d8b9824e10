import { choice } from '../../../shared/fields/fields';
import { defineOperation } from '../../../shared/contracts/operation';
import { toNumber } from '../../../shared/wire/values';
import { createElement } from '../../../shared/wire/xml';
import {
	composeMessage,
	extno,
	formerSignature,
	sendAt,
	signature,
	soapContentText,
	to,
} from '../fields';
import { sendToAll, total, rawReplies } from '../sendToAll';
import { getResultField, smsPlatformSoap, soapRequest } from '../soap';
import { nilElement } from '../soapEnvelope';
import { formatPlanSendTime, countSegments } from '../values';

const METHODS = { international: 'SendI18NSms', hybrid: 'SendHybridSms' } as const;

export const sendSoapMessage = defineOperation({
	resource: 'message',
	operation: 'sendSoap',
	name: 'Send via SOAP',
	action: 'Send an SMS over the SOAP service, which Send replaces: costs money',
	description:
		'Send a text to one or many phones over the SOAP web service. The platform recommends the operation Send instead. Each SMS to each phone is billed.',
	source: 'SMS §7',
	effect: 'send',
	vendor: smsPlatformSoap,
	fields: {
		to,
		content: soapContentText,
		signature,
		route: choice(
			{ displayName: 'Route', description: 'Which of the two services sends the message' },
			[
				{
					name: 'International',
					value: 'international',
					description: 'For phones outside of mainland China',
				},
				{
					name: 'Hybrid',
					value: 'hybrid',
					description: 'For phones in mainland China and abroad in one list',
				},
			],
			'international',
		),
	},
	options: { sendAt, extno, formerSignature },
	check: (parts) => void composeMessage(parts),
	perform: async ({ route, to: recipients, ...options }, client) => {
		const message = composeMessage(options);
		const sent = await sendToAll(
			recipients,
			client,
			(mobiles) =>
				soapRequest(METHODS[route], [
					createElement('sms', [
						createElement('Msisdns', mobiles.join(',')),
						createElement('SMSContent', message),
						createElement('ExtNumber', options.extno ?? ''),
						options.sendAt === undefined
							? nilElement('PlanSendTime')
							: createElement('PlanSendTime', formatPlanSendTime(options.sendAt)),
					]),
				]),
			(reply) => getResultField(reply, 'MsgId'),
		);
		const replies = sent.map(({ reply }) => reply);
		const numbers = (name: string) => replies.map((reply) => toNumber(getResultField(reply, name)));
		const taskIds = replies.map((reply) => getResultField(reply, 'MsgId'));
		const [first] = replies;
		return [
			{
				raw: rawReplies(sent),
				simplify: () => ({
					taskId: taskIds[0] ?? '',
					status: 'accepted',
					statusCode: first ? getResultField(first, 'StatusCode') : '',
					description: first ? getResultField(first, 'Description') : '',
					recipientCount: recipients.length,
					balance: numbers('Balance').at(-1) ?? null,
					billedAmount: total(numbers('BillingAmount')),
					billedCount: total(numbers('BillingCount')),
					segmentCount: countSegments(message),
					taskIds,
					errors: replies.flatMap(({ errors }) => errors),
				}),
			},
		];
	},
});
