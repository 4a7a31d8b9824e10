import type { VendorCode, VendorId } from '../../api';
import {
	M2M_CODES,
	SIM_BATCH_NOTHING_FOUND,
	SMS_RESULT_CODES,
	TRAFFIC_CODES,
} from '../../../test/simulator';
import type { M2mCode, SmsResultName, TrafficCode } from '../../../test/simulator';

const M2M_MEANINGS: Readonly<Record<M2mCode, string>> = {
	'0000': 'success',
	'0001': 'internal server error',
	'0002': 'IP address refused',
	'0011': 'wrong partner code',
	'0012': 'wrong service code',
	'0013': 'wrong signature',
	'0014': 'card does not exist',
	'0015': 'parameter error',
	'0016': 'account balance too low',
	'0017': 'time format error',
	'0018': 'queried time is out of range',
	'0019': 'no matching record',
	'0021': 'not enough SMS left',
	'0022': 'malformed send key',
	'0023': 'malformed message format',
	'0024': 'send key was used before',
	'0025': 'wrong mobile number',
	'0030': 'no location look-ups left',
	'0031': 'location failed',
	'0032': 'no data for this base station',
};

const SMS_MEANINGS: Readonly<Record<SmsResultName, string>> = {
	OK: 'success',
	ParamError: 'a parameter is wrong',
	UserNameEmpty: 'the user name is empty',
	PasswordEmpty: 'the password is empty',
	UserNameError: 'the user name is wrong',
	PasswordError: 'the password is wrong',
	BindIpError: 'the IP address is not allowed',
	UserStop: 'the account is stopped',
	UserIdError: 'the user ID is wrong: it must be a number from the supplier',
	Text64Error: 'the Text64 parameter is wrong',
	StampError: 'the time stamp is wrong, or more than five minutes off',
	ContentEmpty: 'the content is empty',
	MsisdnEmpty: 'the number is empty',
	ExtNumberError: 'the extension number is wrong',
	ContentLong: 'the content is too long',
	NoChannel: 'there is no channel to send by',
	SensitiveWords: 'the content has sensitive words',
	MsisdnError: 'the number is wrong',
	MsisdnBlack: 'the number is on the blocklist',
	MsisdnNoChannel: 'there is no channel for the number',
	AmountNotEnough: 'the balance is not enough',
	NoProduct: 'no product is set up',
	RequiredSuffix: 'a signature is needed',
	SuffixError: 'the signature is wrong',
	SubjectEmpty: 'the subject is empty',
	InternalError: 'internal error',
};

const TRAFFIC_MEANINGS: Readonly<Record<TrafficCode, string>> = {
	'0': 'accepted',
	'-1': 'invalid number',
	'-2': 'missing parameter',
	'-3': 'invalid action',
	'-4': 'invalid JSON',
	'-100': 'server fault',
	'-101': 'illegal parameter',
	'-102': 'illegal phone number',
	'-200': 'no such user',
	'-201': 'user not active',
	'-202': 'header check failed',
	'-203': 'wrong auth token',
	'-204': 'balance exhausted',
	'-205': 'application check failed',
};

/** In the order of the document; codes that look like numbers would not keep it in an object. */
const listed = (
	words: Readonly<Record<string, string>>,
	meanings: Readonly<Record<string, string>>,
): VendorCode[] =>
	Object.entries(words).map(([code, said]) => ({
		code,
		words: said,
		meaning: meanings[code] ?? '',
	}));

/** The codes of each vendor; the SIM batch query has none but its words. */
export const VENDOR_CODES: Readonly<Record<VendorId, VendorCode[]>> = {
	m2m: listed(M2M_CODES, M2M_MEANINGS),
	simBatch: [
		{
			code: SIM_BATCH_NOTHING_FOUND,
			words: SIM_BATCH_NOTHING_FOUND,
			meaning: 'none of the numbers was found',
		},
	],
	smsPlatform: Object.entries(SMS_RESULT_CODES).map(([name, { number, words }]) => ({
		code: number,
		words,
		meaning: `${SMS_MEANINGS[name as SmsResultName]} (${name})`,
	})),
	trafficRecharge: listed(TRAFFIC_CODES, TRAFFIC_MEANINGS),
};
