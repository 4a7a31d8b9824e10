/**
 * A question to a person, who answers by a link or by a message with a code. Nothing here needs n8n at
 * run time.
 */
import type { IDataObject } from 'n8n-workflow';

import type { Environment } from './operation';

export type Language = 'en' | 'zh';

/** What is asked, and how it may be answered. JSON: it is kept with the execution that waits. */
export interface Question {
	/** Tells it from the others that the same node of the same execution asks. */
	readonly id: string;
	readonly message: string;
	readonly responseType: 'approval' | 'freeText';
	/** Absent where the reader's language decides. */
	readonly approveLabel?: string;
	readonly declineLabel?: string;
	/** Whether there is a way to decline. */
	readonly canDecline: boolean;
	/** Where it is answered; also for those who resume the execution on behalf of a message. */
	readonly link: string;
	/** Of the execution that waits. */
	readonly executionId: string;
	/** Who is asked: only messages from there count. Digits, as {@link comparableNumber} gives them. */
	readonly mobile: string;
	/** Digits that nobody can guess; absent where no message may answer. */
	readonly secret?: string;
	/** Milliseconds since the epoch. */
	readonly askedAt: number;
	/** What goes into the answer's item. */
	readonly about: IDataObject;
}

export type Answer = { readonly approved: boolean } | { readonly text: string };

const DIGITS = '0123456789';
const SECRET_LENGTH = 6;
const ID_LENGTH = 4;
const ID_ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/** What nobody else knows of a question. */
export const createQuestionSecrets = ({ random }: Pick<Environment, 'random'>) => ({
	id: random(ID_ALPHABET, ID_LENGTH),
	secret: random(DIGITS, SECRET_LENGTH),
});

const WORDS = {
	en: {
		approve: 'Approve',
		decline: 'Decline',
		byLink: 'Answer here:',
		orByLink: 'Or here:',
		replyApprove: (code: string, label: string) => `Reply Y${code} (${label})`,
		replyDecline: (code: string, label: string) => ` or N${code} (${label})`,
		replyText: (code: string) => `Reply R${code}, a space and your answer`,
	},
	zh: {
		approve: '同意',
		decline: '拒绝',
		byLink: '请点击回复：',
		orByLink: '或点击：',
		replyApprove: (code: string, label: string) => `回复 Y${code} ${label}`,
		replyDecline: (code: string, label: string) => `，N${code} ${label}`,
		replyText: (code: string) => `回复 R${code}，后面写上您的答复`,
	},
} as const;

/** The words on the two buttons. */
export const labelsOf = (
	{ approveLabel, declineLabel }: Pick<Question, 'approveLabel' | 'declineLabel'>,
	language: Language,
): { approve: string; decline: string } => ({
	approve: approveLabel ?? WORDS[language].approve,
	decline: declineLabel ?? WORDS[language].decline,
});

function describeReply(question: Question, language: Language): string {
	const { secret, executionId, canDecline, responseType } = question;
	if (secret === undefined) return '';
	const words = WORDS[language];
	const code = secret + executionId;
	if (responseType === 'freeText') return words.replyText(code);
	const { approve, decline } = labelsOf(question, language);
	return words.replyApprove(code, approve) + (canDecline ? words.replyDecline(code, decline) : '');
}

/**
 * The message that asks: what is asked, then what to reply, then the link, which ends it so that
 * nothing that is glued to it breaks it.
 */
export function toMessage(question: Question, language: Language, withLink: boolean): string {
	const words = WORDS[language];
	const reply = describeReply(question, language);
	const link = withLink
		? `${reply === '' ? words.byLink : words.orByLink} ${question.link}`
		: undefined;
	return [question.message.trimEnd(), reply, link].filter(Boolean).join('\n');
}

/** Yes, no, and a reply in words. */
const LETTERS = ['Y', 'N', 'R'] as const;

/** What a message with a code may mean: which execution, which secret, and what is said beside it. */
export interface CodedReply {
	readonly letter: (typeof LETTERS)[number];
	readonly secret: string;
	readonly executionId: string;
	/** What follows the code. */
	readonly rest: string;
}

/** More groups of digits than a code is typed in. */
const MAX_GROUPS = 8;
const MAX_EXECUTION_DIGITS = 16;
const MAX_REPLY_LENGTH = 10_000;

/** What people put between a code and what they say. */
const BETWEEN = /^\s*[:：,，、;；。]?\s*/;

/** What nobody sees, and phones and copying put in all the same. An emoji may hold some of it. */
const INVISIBLE = /\p{Cf}/u;

/** Where in a text there is something to see, by UTF-16 unit. */
function visiblePlaces(typed: string): readonly number[] {
	const places: number[] = [];
	let at = 0;
	for (const character of typed) {
		for (const end = at + character.length; at < end; at++) {
			if (!INVISIBLE.test(character)) places.push(at);
		}
	}
	return places;
}

/** Full-width letters, digits and spaces as plain ones, each in its place. */
const fold = (text: string): string =>
	text.replace(/[\uff01-\uff5e\u3000]/g, (character) =>
		character === '\u3000' ? ' ' : String.fromCharCode(character.charCodeAt(0) - 0xfee0),
	);

/** All that may stand before the digits. */
const START =
	/^\s{0,99}["'“”‘’「『【([]?\s?(?:(?:回复|reply)[\s:]{0,3})?([YNR])[\s:.,、。_+-]{0,9}(?=\d)/i;

/**
 * Reads a message that begins with a code: in either case, in full-width letters, with spaces and
 * hyphens in it. Where a code ends is not certain when numbers follow it, so that there may be several
 * readings, the shortest code first.
 */
export function readCodedReply(message: string): readonly CodedReply[] {
	const typed = message.slice(0, MAX_REPLY_LENGTH);
	const places = visiblePlaces(typed);
	const text = fold(places.map((place) => typed[place]).join(''));
	const found = START.exec(text);
	if (found === null) return [];
	const letter = LETTERS.find((one) => one === found[1]?.toUpperCase());
	if (letter === undefined) return [];
	const readings: CodedReply[] = [];
	let digits = '';
	let at = found[0].length;
	for (let group = 0; group < MAX_GROUPS; group++) {
		const next = /^[\s-]{0,3}(\d{1,40})/.exec(text.slice(at, at + 50));
		if (next === null) break;
		digits += next[1];
		at += next[0].length;
		if (digits.length > SECRET_LENGTH + MAX_EXECUTION_DIGITS) break;
		if (digits.length <= SECRET_LENGTH) continue;
		readings.push({
			letter,
			secret: digits.slice(0, SECRET_LENGTH),
			executionId: digits.slice(SECRET_LENGTH),
			rest: typed
				.slice(places[at] ?? typed.length)
				.replace(BETWEEN, '')
				.trim(),
		});
	}
	return readings;
}

/** A code behind the code, as when the whole question is sent back. */
const ANOTHER_CODE = /[YNR][\s-]{0,3}\d{6}/i;

/** Words that do not go with a yes. */
const CHINESE_NEGATION =
	/不(?!错|錯|用谢)|(?<!特)[別别]|[拒否勿]|取消|驳回|撤销|撤回|停止|没(?!问题|关系|事)|沒(?!問題|關係|事)|未(?=同意|批|通过|准)|^非$/;
const ENGLISH_NEGATION =
	/\b(?:no|not|nope|never|none|cancel\w*|stop|decline\w*|disagree\w*|disapprove\w*|reject\w*|refuse\w*|deny|denied|\w+n['’‘`]t|(?:do|does|did|ca|wo|is|should)nt)\b/i;

const isNegative = (words: string): boolean =>
	CHINESE_NEGATION.test(words) || ENGLISH_NEGATION.test(words);

/**
 * What a reply with the right code answers; undefined where it is no answer to what was asked, or not a
 * clear one.
 */
export function answerOf(
	{ responseType, canDecline }: Question,
	{ letter, rest }: CodedReply,
): Answer | undefined {
	if (responseType === 'freeText') {
		return letter === 'R' && rest !== '' ? { text: rest } : undefined;
	}
	if (ANOTHER_CODE.test(fold(rest))) return undefined;
	if (letter === 'Y') return isNegative(fold(rest)) ? undefined : { approved: true };
	return letter === 'N' && canDecline ? { approved: false } : undefined;
}

/** What the node that asked answers a trigger that handed a message on, when the execution goes on. */
export const RESUMED = 'resumed';

/** What is put out when nobody answered in time. */
export const timedOutAnswer = ({ responseType }: Pick<Question, 'responseType'>): IDataObject => ({
	data: responseType === 'freeText' ? { text: '' } : { approved: false },
	timedOut: true,
});

/** A question as the node that asked it keeps it. */
export interface Asked {
	readonly question: Question;
	/** Milliseconds since the epoch; absent where it waits for ever. */
	readonly until?: number;
}

/** Whether there is still time to answer. */
export const isOpen = ({ until }: Asked, now: number): boolean =>
	until === undefined || now < until;

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;

const isQuestion = (value: unknown): value is Question =>
	isObject(value) &&
	['id', 'message', 'link', 'executionId', 'mobile'].every(
		(name) => typeof value[name] === 'string',
	) &&
	typeof value.askedAt === 'number' &&
	isObject(value.about);

/** What a node keeps in its context of the execution; undefined when it has not asked. */
export function readAsked(memory: unknown): Asked | undefined {
	const asked = isObject(memory) ? memory.asked : undefined;
	if (!isObject(asked) || !isQuestion(asked.question)) return undefined;
	const { question, until } = asked;
	return typeof until === 'number' ? { question, until } : { question };
}
