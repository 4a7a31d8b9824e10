import { flag, notNegative, settingsChecker, text } from '../settings';

/** What may be changed while the simulator runs, by code or by `PATCH /_simulator/settings`. */
export interface TrafficSettings {
	/** In yuan; every accepted order takes its price from it. */
	balance: number;
	/** Milliseconds from an accepted order to its end. */
	orderDelayMs: number;
	/** Milliseconds that must lie between two queries of one order; 0 for no limit. */
	queryIntervalMs: number;
	/** The vendor lets a request be ten minutes old. */
	clockToleranceMs: number;
	/** Refuses every request with -201 when false. */
	userActive: boolean;
	/** Refuses every request with -205, as for an address outside of the application's list. */
	refuseIp: boolean;
	/** What the vendor compares with instead of the account's auth token; empty: that one. */
	comparedSecret: string;
	/** The HTTP status of refusals. */
	refusalStatus: number;
	/** Whether the reply to the query of an order starts with `statusCode` and `statusMsg`. */
	queryWithStatusCode: boolean;
	/** Codes that the vendor gave out beside the rule, with their prices in yuan. */
	specialFlowCodes: Record<string, number>;
}

export const DEFAULT_SETTINGS: Readonly<TrafficSettings> = {
	balance: 1_000,
	orderDelayMs: 200,
	queryIntervalMs: 60_000,
	clockToleranceMs: 10 * 60 * 1000,
	userActive: true,
	refuseIp: false,
	comparedSecret: '',
	refusalStatus: 200,
	queryWithStatusCode: false,
	specialFlowCodes: { 'XZ-SPECIAL-50M': 1.5 },
};

export const checkSettings = settingsChecker<TrafficSettings>({
	balance: notNegative,
	orderDelayMs: notNegative,
	queryIntervalMs: notNegative,
	clockToleranceMs: notNegative,
	userActive: flag,
	refuseIp: flag,
	comparedSecret: text,
	refusalStatus: (value) => typeof value === 'number' && value >= 200 && value <= 599,
	queryWithStatusCode: flag,
	specialFlowCodes: (value) =>
		typeof value === 'object' && value !== null && Object.values(value).every(notNegative),
});
