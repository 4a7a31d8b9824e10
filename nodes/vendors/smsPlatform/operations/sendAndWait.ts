import { InputError } from '../../../shared/contracts/errors';
import { defineIdempotentOperation, type Field } from '../../../shared/contracts/operation';
import {
	createQuestionSecrets,
	toMessage,
	type Asked,
	type Language,
	type Question,
} from '../../../shared/contracts/question';
import {
	choice,
	longTextField,
	optionalChoiceField,
	rejectLoneSurrogates,
} from '../../../shared/fields/fields';
import { comparableNumber } from '../../../shared/fields/phoneNumbers';
import {
	approvalOptions,
	limitWaitTime,
	responseType,
} from '../../../shared/fields/questionFields';
import { taskIdOf } from '../acceptedMessage';
import { composeMessage, extno, formerSignature, signatureField, to } from '../fields';
import { smsPlatform } from '../protocol';
import { parseRecipients } from '../recipients';
import { ROUTES, route, sendOver } from '../routes';
import { MAX_MESSAGE_LENGTH } from '../values';

const oneNumber: Field<unknown> = {
	appearance: {
		...to.appearance,
		placeholder: 'e.g. 8613800138000',
		description:
			'Phone number of the person to ask, one: with its country code, or without one for the domestic route',
	},
	parse: (raw) => raw,
	refusesModel: true,
};

/** @throws InputError for anything but one number */
function parsePerson(parameters: { to: unknown; route: keyof typeof ROUTES }): string {
	const [number = '', ...others] = parseRecipients(
		parameters.to,
		'To',
		ROUTES[parameters.route].readNumber,
	);
	if (others.length === 0) return number;
	throw new InputError(
		'To',
		`holds ${others.length + 1} numbers, and one person is asked`,
		'Give one number. To ask several people, make an item of each, and put this node into a Loop Over Items node with a Batch Size of 1.',
	);
}

const ownSignature = signatureField(
	'Your name as registered at the platform, which wants it in 【】 at the end of each message. Write it without the brackets. It goes to the end of the SMS, behind the link; so does one that Message ends with.',
);

/** Takes the signature from the end of a question: that of the SMS belongs behind what is added to it. */
function splitSignature(message: string): { question: string; signed?: string } {
	const whole = message.trimEnd();
	const at = whole.lastIndexOf('【');
	const question = whole.slice(0, Math.max(at, 0)).trimEnd();
	const signed = whole.slice(at + 1, -1);
	const isSigned =
		whole.endsWith('】') && question !== '' && signed !== '' && !/[】\n]/.test(signed);
	return isSigned ? { question, signed } : { question: message };
}

/** The rest of what an SMS can hold is for the signature, the link and what to reply. */
const MAX_QUESTION_LENGTH = MAX_MESSAGE_LENGTH - 1_000;

const message = longTextField(
	{
		displayName: 'Message',
		description: 'What to ask. What to answer, and how, is added to it.',
		placeholder: 'e.g. Top up card 4711 with 1 GB?',
	},
	(text, label) => {
		if (/\[object \w+\]/.test(text)) {
			throw new InputError(
				label,
				'holds [object Object], which nobody can answer: an expression in it gives an object',
				'Write which of its fields to show, e.g. {{ $json.card }}, or all of it: {{ JSON.stringify($json) }}.',
			);
		}
		if (text.length <= MAX_QUESTION_LENGTH) return rejectLoneSurrogates(text, label);
		throw new InputError(
			label,
			`is ${text.length} characters long, and can be at most ${MAX_QUESTION_LENGTH}`,
			`Shorten ${label}: every 67 characters are billed as one more SMS.`,
		);
	},
);

const replyBy = choice(
	{
		displayName: 'Answer By',
		description:
			'How the person answers. A reply by SMS needs a workflow with the SMS Platform Trigger (or its polling twin) in this n8n, published, with Resume Waiting on.',
	},
	[
		{ name: 'Link', value: 'link', description: 'A page with buttons: this n8n must be reachable' },
		{ name: 'SMS Reply', value: 'sms', description: 'A code to send back' },
		{ name: 'Link or SMS Reply', value: 'both', description: 'Whichever comes first' },
	],
	'link',
);

const language = optionalChoiceField<Language | ''>(
	{
		displayName: 'Language',
		description: 'Of what is added to the message. The page is in the language of its reader.',
	},
	[
		{ name: 'By Route', value: '', description: 'Chinese for the domestic route, else English' },
		{ name: 'Chinese', value: 'zh' },
		{ name: 'English', value: 'en' },
	],
	'',
);

/**
 * Asks one person by SMS, and lets the execution wait for the answer: by a page, or by an SMS with a
 * code that comes in with the replies (SMS §4, §5.3).
 */
export const sendAndWait = defineIdempotentOperation({
	resource: 'message',
	operation: 'sendAndWait',
	name: 'Send and Wait for Response',
	action: 'Ask by SMS, send and wait for the response: costs money',
	description:
		'Ask a person by SMS, and go on when the answer is there: an approval or a text, by a link or by a reply',
	source: 'SMS §1, §4, §5.3',
	effect: 'send',
	asks: true,
	notice:
		'A link has some 180 characters: a short question with one is billed as 4 SMS, with or without a reply by SMS beside it; one that is answered by a reply alone as 1 or 2. One execution asks one person at a time.',
	vendor: smsPlatform,
	fields: {
		...{ to: oneNumber, route, message, signature: ownSignature },
		...{ responseType, approvalOptions, replyBy },
	},
	options: { limitWaitTime, extno, language, formerSignature },
	check: (parameters) => {
		parsePerson(parameters);
		composeMessage({ ...parameters, content: parameters.message });
	},
	perform: async (parameters, client, { memory, waiting }) => {
		const { route: by, replyBy: ways, limitWaitTime: until } = parameters;
		const person = parsePerson(parameters);
		const { now } = client.environment;
		const { id, secret } = createQuestionSecrets(client.environment);
		const approval = parameters.approvalOptions;
		const given = parameters.signature ?? parameters.formerSignature;
		const { question: text, signed } = splitSignature(parameters.message);
		const isSigned = signed !== undefined && (given ?? signed) === signed;
		const name = given ?? signed;
		const question: Question = {
			id,
			message: isSigned ? text : parameters.message,
			responseType: parameters.responseType,
			canDecline: approval?.canDecline ?? false,
			...(approval?.approveLabel === undefined ? {} : { approveLabel: approval.approveLabel }),
			...(approval?.declineLabel === undefined ? {} : { declineLabel: approval.declineLabel }),
			link: waiting.createLink(id),
			executionId: waiting.executionId,
			mobile: comparableNumber(person),
			...(ways === 'link' ? {} : { secret }),
			askedAt: now(),
			about: {},
		};
		const words = parameters.language || (by === 'domestic' ? 'zh' : 'en');
		const whole = toMessage(question, words, ways !== 'sms');
		// What is glued to the end of a link breaks it.
		const content = ways === 'sms' || name === undefined ? whole : `${whole} `;
		const composed = composeMessage({ content, signature: name });
		const sent = await sendOver(by, [person], composed, { extno: parameters.extno }, client);
		const [{ reply } = { reply: undefined }] = sent;
		const taskId = reply ? taskIdOf(reply) : '';
		const asked: Asked = {
			question: { ...question, about: { taskId } },
			...(until === undefined ? {} : { until }),
		};
		memory.asked = JSON.parse(JSON.stringify(asked));
		return [{ raw: reply?.raw ?? {}, simplify: () => ({ taskId }) }];
	},
});
