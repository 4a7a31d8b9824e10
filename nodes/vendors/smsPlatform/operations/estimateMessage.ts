import { InputError } from '../../../shared/contracts/errors';
import { defineOperation, type Field } from '../../../shared/contracts/operation';
import {
	code,
	composeMessage,
	content,
	extno,
	formerSignature,
	isEmptyMessage,
	sendAt,
	signature,
	to,
} from '../fields';
import { smsPlatform } from '../protocol';
import { findRecipientsError, readRecipients } from '../recipients';
import { ROUTES, route } from '../routes';
import { appendSignature, countSegments } from '../values';

/** What came of reading a parameter: its value, or why a send operation would refuse it. */
interface Reading<Value> {
	readonly value?: Value;
	readonly problem?: string | undefined;
}

const describe = ({ message, advice }: InputError): string => `${message}. ${advice}`;

function attempt<Value>(read: () => Value): Reading<Value> {
	try {
		return { value: read() };
	} catch (failure) {
		return { problem: failure instanceof InputError ? describe(failure) : String(failure) };
	}
}

/** A field of a send operation that refuses nothing here. */
const reported = <Value>(field: Field<Value>): Field<Reading<Value>> => ({
	...field,
	takesNothing: true,
	parse: (raw, environment) => {
		const { displayName } = field.appearance;
		return raw === null
			? {
					problem: `${displayName} holds an expression that gives nothing for this item. Check the expression in ${displayName}.`,
				}
			: attempt(() => field.parse(raw, environment));
	},
});

/** Every text that is not empty. */
const anyContent: Field<Reading<string>> = {
	...content,
	parse: (raw, environment) =>
		typeof raw === 'string' && !isEmptyMessage(raw)
			? { ...attempt(() => content.parse(raw, environment)), value: raw }
			: { value: content.parse(raw, environment) },
};

const anyTo: Field<unknown> = {
	appearance: {
		...to.appearance,
		required: false,
		description:
			'Phone numbers as a send operation would get them, one or thousands, separated by commas, semicolons, spaces or line breaks. What is no number comes out with the reason.',
	},
	takesNothing: true,
	parse: (raw) => raw,
};

/** How much of an odd entry is shown. */
const MAX_SHOWN = 100;

export const estimateMessage = defineOperation({
	resource: 'message',
	operation: 'estimate',
	name: 'Estimate',
	action: 'Estimate who would get an SMS and how many are billed: sends nothing, costs nothing',
	description:
		'See who would get a message, who not and why, and how many SMS would be billed. Nothing is sent.',
	source: 'SMS §1',
	effect: 'local',
	vendor: smsPlatform,
	fields: {
		to: anyTo,
		content: anyContent,
		signature: reported(signature),
		route: reported(route),
	},
	options: {
		sendAt: reported(sendAt),
		extno: reported(extno),
		code: reported(code),
		formerSignature: reported(formerSignature),
	},
	perform: async ({ to: typed, ...parts }) => {
		const list = readRecipients(
			typed,
			'To',
			ROUTES[parts.route.value ?? 'international'].readNumber,
		);
		const written = parts.content.value ?? '';
		const names = {
			signature: parts.signature.value,
			formerSignature: parts.formerSignature.value,
		};
		const composed = attempt(() => composeMessage({ content: written, ...names }));
		const message =
			composed.value ?? appendSignature(written, names.signature ?? names.formerSignature);
		const toError = findRecipientsError(list, 'To');
		const segmentCount = countSegments(message);
		const problems = [
			{ problem: toError && describe(toError) },
			// One that is too long is so with its signature too.
			parts.content.problem === undefined ? composed : parts.content,
			parts.signature,
			parts.route,
			parts.sendAt,
			parts.extno,
			parts.code,
			parts.formerSignature,
		].flatMap(({ problem }) => problem ?? []);
		const estimate = {
			isSendable: problems.length === 0,
			messageCount: list.numbers.length * segmentCount,
			recipientCount: list.numbers.length,
			segmentCount,
			characters: message.length,
			repeated: list.repeated,
			problems,
			invalid: list.invalid.map(({ text, problem, advice }) => ({
				value: text.slice(0, MAX_SHOWN),
				reason: `It ${problem}. ${advice}`,
			})),
			recipients: [...list.numbers],
			content: message,
		};
		return [{ raw: estimate, simplify: () => estimate }];
	},
});
