/**
 * A phone by one name, whatever way it is written: without `+`, `00`, blanks and dashes, and a Chinese
 * mobile number without its country code.
 */
export const phoneKey = (number: string): string =>
	number
		.replace(/[\s()-]/g, '')
		.replace(/^(\+|00)/, '')
		.replace(/^86(?=1[3-9]\d{9}$)/, '');
