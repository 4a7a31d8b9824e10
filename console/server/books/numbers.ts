const CHINESE_MOBILE = /^1[3-9]\d{9}$/;

/** A number as the SMS platform writes it, with its country code. */
export const international = (key: string): string => (CHINESE_MOBILE.test(key) ? `86${key}` : key);

export const isPhoneNumber = (key: string): boolean => /^\d{5,20}$/.test(key);

/** What comes right behind a link in a sentence is no part of it. */
const AFTER_LINK = /[.,;:!?'")\]]+$/;

/** The links in a text, in order; those of n8n have no characters but these. */
export const linksIn = (text: string): string[] =>
	(text.match(/https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+/g) ?? []).map((link) =>
		link.replace(AFTER_LINK, ''),
	);
