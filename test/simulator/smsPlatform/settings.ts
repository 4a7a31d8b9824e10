import { DEFAULT_PERSON, PERSON_CHECKS } from '../person';
import type { PersonSettings } from '../person';
import { countable, flag, notNegative, oneOf, settingsChecker, text } from '../settings';

/** What may be changed while the simulator runs, by code or by `PATCH /_simulator/settings`. */
export interface SmsPlatformSettings extends PersonSettings {
	/** How the HTTP interfaces want the password (§1.2); `pwd.aspx` and SOAP always take it plain. */
	passwordFormat: 'md5' | 'plain';
	/** Whether a POST must name its charset, as a careful client does; IIS itself assumes UTF-8. */
	requireCharset: boolean;
	/** Refuses every request with `BindIpError`. */
	refuseIp: boolean;
	/** What the vendor compares with instead of the account's password; empty: that one. */
	comparedSecret: string;
	/** Refuses every request with `UserStop`. */
	accountStopped: boolean;
	/** False: reports and replies are refused with error 3 (§3.4). */
	queriesAllowed: boolean;
	/**
	 * How a refusal looks where `returnstatus` was due: as the document says, or as some gateways of
	 * this family do, with `error` and `remark` inside of `errorstatus` or right below `returnsms`.
	 */
	errorShape: 'returnstatus' | 'errorstatus' | 'flat';
	/** The word for success; `vendor`: `Success` when sending, `Sucess` for balance and password. */
	successWord: string;
	/** Whether messages about the password repeat the passwords of the request. */
	echoPasswords: boolean;
	/** How times are written: `2020-10-28 09:47:07`, `2016/1/26 11:02:08`, or in turns. */
	dateStyle: 'dashes' | 'slashes' | 'mixed';
	/** `payinfo` of §2.3. */
	payInfo: string;
	/** Money left for international and hybrid SMS. */
	balance: number;
	/** What one part of an SMS to one number costs. */
	pricePerSegment: number;
	/** Domestic SMS left (`remainpoint`). */
	points: number;
	/** Numbers taken in one request; the document names no limit. */
	maxMobiles: number;
	/** UTF-16 units taken in one SMS; the document names no limit. */
	maxContentUnits: number;
	/** Whether content must end with a signature in 【】. */
	requireSignature: boolean;
	/** Numbers that get nothing (`MsisdnBlack`); the others on their list do. */
	blockedNumbers: readonly string[];
	/** Milliseconds until a sent SMS is on its phone, and has its delivery report. */
	deliveryDelayMs: number;
	/**
	 * Which delivery reports there are: one for each number; one after the other, each as much later as
	 * the first takes; each a second time, as much later; or none.
	 */
	deliveryReports: 'once' | 'inParts' | 'twice' | 'never';
	/** Where reports and replies are pushed (§5); empty: they wait to be asked for (§3, §4). */
	pushUrl: string;
	/** Milliseconds between two tries of a push. */
	pushIntervalMs: number;
	/** Where a SOAP reply has `AlterSendResult`, the result inside of the result. */
	alterSendResult: 'last' | 'first' | 'none';
	/** Prefix of the vendor's elements in SOAP replies; empty: the default namespace. */
	soapPrefix: string;
}

export const DEFAULT_SETTINGS: Readonly<SmsPlatformSettings> = {
	...DEFAULT_PERSON,
	passwordFormat: 'md5',
	requireCharset: true,
	refuseIp: false,
	comparedSecret: '',
	accountStopped: false,
	queriesAllowed: true,
	errorShape: 'returnstatus',
	successWord: 'vendor',
	echoPasswords: false,
	dateStyle: 'dashes',
	payInfo: '预付费',
	balance: 1_000,
	pricePerSegment: 0.1,
	points: 10_000,
	maxMobiles: 5_000,
	maxContentUnits: 2_000,
	requireSignature: false,
	blockedNumbers: [],
	deliveryDelayMs: 200,
	deliveryReports: 'once',
	pushUrl: '',
	pushIntervalMs: 60_000,
	alterSendResult: 'last',
	soapPrefix: '',
};

export const checkSettings = settingsChecker<SmsPlatformSettings>({
	...PERSON_CHECKS,
	passwordFormat: oneOf('md5', 'plain'),
	requireCharset: flag,
	refuseIp: flag,
	comparedSecret: text,
	accountStopped: flag,
	queriesAllowed: flag,
	errorShape: oneOf('returnstatus', 'errorstatus', 'flat'),
	successWord: (value) => text(value) && value !== '',
	echoPasswords: flag,
	dateStyle: oneOf('dashes', 'slashes', 'mixed'),
	payInfo: text,
	balance: notNegative,
	pricePerSegment: notNegative,
	points: countable,
	maxMobiles: countable,
	maxContentUnits: countable,
	requireSignature: flag,
	blockedNumbers: (value) => Array.isArray(value) && value.every(text),
	deliveryDelayMs: notNegative,
	deliveryReports: oneOf('once', 'inParts', 'twice', 'never'),
	pushUrl: (value) => typeof value === 'string' && /^(https?:\/\/.+)?$/.test(value),
	pushIntervalMs: notNegative,
	alterSendResult: oneOf('last', 'first', 'none'),
	soapPrefix: (value) => typeof value === 'string' && /^([A-Za-z_][\w.-]*)?$/.test(value),
});
