import { flag, notNegative, oneOf, settingsChecker, text } from '../settings';
import { areCardChanges } from './cardChanges';
import type { CardChanges } from './cardChanges';

/** What may be changed while the simulator runs, by code or by `PATCH /_simulator/settings`. */
export interface M2mSettings {
	/**
	 * How `result` holds its rows, which the document leaves open. `object` is for one row only; `mixed`
	 * takes the three in turns.
	 */
	resultShape: 'array' | 'object' | 'string' | 'mixed';
	/** Whether the signature covers `content` URL-encoded, as it is sent, or as the text it stands for. */
	signContentAs: 'encoded' | 'raw';
	/** Refuses every request with 0002, as for an address that is not on the vendor's list. */
	refuseIp: boolean;
	/** What the vendor compares with instead of the account's password; empty: that one. */
	comparedSecret: string;
	/** The path of §2.6. */
	repliesPath: string;
	/** Milliseconds from the start of a diagnosis (§2.9) to its result (§2.10). */
	diagnosisDelayMs: number;
	/** Milliseconds until a sent SMS is delivered or has failed. */
	deliveryDelayMs: number;
	/** `never`: what became of an SMS stays unknown (§2.5), though it was delivered or has failed. */
	deliveryReports: 'once' | 'never';
	/** SMS left, before 0021. */
	smsBalance: number;
	/** Locate calls left, before 0030. */
	locateBalance: number;
	/** What has happened to some cards, by card number: see `CardChange`. */
	cardChanges: CardChanges;
}

export const DEFAULT_SETTINGS: Readonly<M2mSettings> = {
	resultShape: 'array',
	signContentAs: 'encoded',
	refuseIp: false,
	comparedSecret: '',
	repliesPath: '/M2MHistorySend.ashx',
	diagnosisDelayMs: 200,
	deliveryDelayMs: 200,
	deliveryReports: 'once',
	smsBalance: 10_000,
	locateBalance: 1_000,
	cardChanges: {},
};

export const checkSettings = settingsChecker<M2mSettings>({
	resultShape: oneOf('array', 'object', 'string', 'mixed'),
	signContentAs: oneOf('encoded', 'raw'),
	refuseIp: flag,
	comparedSecret: text,
	repliesPath: (value) => typeof value === 'string' && value.startsWith('/'),
	diagnosisDelayMs: notNegative,
	deliveryDelayMs: notNegative,
	deliveryReports: oneOf('once', 'never'),
	smsBalance: notNegative,
	locateBalance: notNegative,
	cardChanges: areCardChanges,
});
