/** What an IMEI is, and which device it names: 3GPP TS 23.003 §6.2. */

const SERIAL_DIGITS = 14;

/** The digit that makes the sum of all a multiple of ten, every second one doubled (ISO/IEC 7812-1). */
function checkDigitOf(serial: string): string {
	const sum = [...serial].reduce((total, digit, at) => {
		const weighed = Number(digit) * (at % 2 === 0 ? 1 : 2);
		return total + (weighed % 10) + Math.floor(weighed / 10);
	}, 0);
	return String((10 - (sum % 10)) % 10);
}

/** Whether it is an IMEI of 15 digits, the last of which checks the others. */
export const isImei = (number: string): boolean =>
	/^\d{15}$/.test(number) && number.endsWith(checkDigitOf(number.slice(0, SERIAL_DIGITS)));

/** An IMEI without what separates its characters, in upper case; nothing of a dash that stands for none. */
export const tidyImei = (imei: string): string => imei.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();

/**
 * The device that a tidy IMEI names: its serial number of 14 digits, whether a check digit, a spare zero
 * or the two digits of a software version follow it. Another text is taken as it stands.
 */
export function deviceOf(imei: string): string {
	const serial = imei.slice(0, SERIAL_DIGITS);
	const rest = imei.slice(SERIAL_DIGITS);
	const isSerial = /^\d{14}$/.test(serial);
	const isRest = /^(?:0|\d\d)?$/.test(rest) || rest === checkDigitOf(serial);
	return isSerial && isRest ? serial : imei;
}
