/** Somebody with a phone, who answers questions and knows nothing but what an SMS and its page say. */
import { countable, oneOf, text } from './settings';

export interface PersonSettings {
	/** How a question is answered: not at all, by its link, by an SMS, or by both at the same time. */
	answerBy: 'nothing' | 'link' | 'sms' | 'both';
	/** The answer to a question that is approved or declined. */
	answer: 'approve' | 'decline';
	/** The answer to any other question. */
	answerText: string;
	/** Milliseconds from the arrival of the SMS to the answer. */
	answerDelayMs: number;
}

export const DEFAULT_PERSON: Readonly<PersonSettings> = {
	answerBy: 'nothing',
	answer: 'approve',
	answerText: '好的',
	answerDelayMs: 1_000,
};

export const PERSON_CHECKS = {
	answerBy: oneOf('nothing', 'link', 'sms', 'both'),
	answer: oneOf('approve', 'decline'),
	answerText: text,
	answerDelayMs: countable,
};

export interface Page {
	status: number;
	text: string;
}

/** The link of an SMS; empty when there is none. */
export const linkIn = (sms: string): string => /https?:\/\/\S+/.exec(sms)?.[0] ?? '';

/** The codes that an SMS offers to reply with: `Y…` approves, `N…` declines, `R…` begins a text. */
export const codesIn = (sms: string): string[] => sms.match(/[YNR]\d{7,}/g) ?? [];

export async function openPage(link: string, language = 'en'): Promise<Page> {
	const response = await fetch(link, { headers: { 'accept-language': language } });
	return { status: response.status, text: await response.text() };
}

export async function postAnswer(link: string, fields: Record<string, string>): Promise<Page> {
	const response = await fetch(link, { method: 'POST', body: new URLSearchParams(fields) });
	return { status: response.status, text: await response.text() };
}

/** What the person replies to an SMS; undefined when it offers no such answer. */
export function replyTo(sms: string, person: PersonSettings): string | undefined {
	const codes = codesIn(sms);
	const forText = codes.find((code) => code.startsWith('R'));
	if (forText !== undefined) return `${forText} ${person.answerText}`;
	return codes.find((code) => code.startsWith(person.answer === 'approve' ? 'Y' : 'N'));
}

/**
 * Opens the link of an SMS, and answers on its page; gives the page that comes after the answer.
 * Undefined when there is no link, or no such answer on its page.
 */
export async function answerByLink(sms: string, person: PersonSettings): Promise<Page | undefined> {
	const link = linkIn(sms);
	if (link === '') return undefined;
	const { text: page } = await openPage(link);
	if (/<textarea[^>]* name="text"/.test(page)) {
		return await postAnswer(link, { text: person.answerText });
	}
	const hasButton = page.includes(`name="answer" value="${person.answer}"`);
	return hasButton ? await postAnswer(link, { answer: person.answer }) : undefined;
}
