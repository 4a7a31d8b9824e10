import type { NewReply, SmsMessage } from '../../api';
import { phoneKey } from '../../phoneKey';
import { international, isPhoneNumber } from '../books/numbers';
import type { PhoneBook, SmsVendor } from '../books/phoneBook';
import { Problem } from '../problem';
import { needed } from '../vendors/running';
import type { RunningVendors } from '../vendors/running';

/** The vendor of the last message; of a phone that has none, whichever it can be. */
function vendorFor(number: string, vendors: RunningVendors, phones: PhoneBook): SmsVendor {
	const last = phones.find(number)?.messages.at(-1)?.vendor;
	if (last !== undefined && vendors[last]) return last;
	const isCard = vendors.m2m?.fleet.find(number)?.cardcode === number;
	return vendors.m2m && (isCard || !vendors.smsPlatform) ? 'm2m' : 'smsPlatform';
}

/** Somebody writes an SMS on a phone: it waits at the vendor, or is pushed. */
export function writeReply(
	vendors: RunningVendors,
	phones: PhoneBook,
	number: string,
	{ text, vendor: wanted }: NewReply,
): SmsMessage {
	const key = phoneKey(number);
	if (!isPhoneNumber(key)) {
		throw new Problem({ en: `"${number}" is no phone number.`, zh: `“${number}”不是电话号码。` });
	}
	const vendor = wanted ?? vendorFor(key, vendors, phones);
	const writtenAs = phones.find(key)?.writtenAs[vendor];
	if (vendor === 'm2m') needed(vendors, 'm2m').addReply(writtenAs ?? key, text);
	else {
		const mobile = writtenAs ?? international(key);
		needed(vendors, 'smsPlatform').addReply({ mobile, content: text });
	}
	// The vendor has just told of it, so that it is on the phone.
	const message = phones.find(key)?.messages.at(-1);
	if (!message) throw new Error('The vendor did not tell of the reply');
	return message;
}
