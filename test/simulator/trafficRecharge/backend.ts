import type { Explanation } from '../explanation';
import type { SettingFault } from '../faults';
import { jsonReply, methodNotAllowedPage, notFoundPage } from '../replies';
import { SETTING_FAULTS, withSettings } from '../settings';
import { isObject } from '../types';
import type {
	JsonObject,
	JsonValue,
	SimulatorReply,
	SimulatorRequest,
	VendorBackend,
} from '../types';
import { messageOf, Refusal } from './codes';
import { explainRequest } from './explain';
import { priceOf } from './flowCodes';
import type { Ledger, Order } from './ledger';
import { checkIdentity } from './signature';
import type { TrafficAccount } from './signature';
import { checkSettings } from './settings';
import type { TrafficSettings } from './settings';

/** `/{version}/sid/{accountSID}/{func}/{funcURL}` of the document. */
const PATH = /^\/201612\/sid\/([^/]+)\/(traffic\/Traffic\.wx|account\/getBlance\.wx)$/;

const ACTIONS = {
	'traffic/Traffic.wx': ['flowOrder', 'getTrafficResult'],
	'account/getBlance.wx': ['queryBlance'],
} as const;

type Action = (typeof ACTIONS)[keyof typeof ACTIONS][number];

/** A mobile number of mainland China, as the vendor takes it: no country code, nothing but digits. */
const PHONE = /^1\d{10}$/;

const FEN_PER_YUAN = 100;

type Body = Record<string, unknown>;

function parseBody(body: string): Body {
	let parsed: unknown;
	try {
		parsed = JSON.parse(body);
	} catch {
		throw new Refusal('-4');
	}
	if (!isObject(parsed)) throw new Refusal('-4');
	return parsed;
}

/** A field that must be there, as text. */
function text(body: Body, name: string): string {
	const value = body[name];
	if (value === undefined || value === null || value === '') throw new Refusal('-2');
	if (typeof value !== 'string') throw new Refusal('-101');
	return value;
}

function actionIn(body: Body, place: keyof typeof ACTIONS): Action {
	const wanted = text(body, 'action');
	const action = ACTIONS[place].find((known) => known === wanted);
	if (action === undefined) throw new Refusal('-3');
	return action;
}

/** The vendor of traffic recharge as the server calls it. */
export class TrafficBackend implements VendorBackend {
	/** Calls that were not refused, by action. */
	readonly accepted: Record<Action, number> = { flowOrder: 0, getTrafficResult: 0, queryBlance: 0 };

	constructor(
		private readonly account: TrafficAccount,
		private readonly ledger: Ledger,
		private readonly settings: TrafficSettings,
		private readonly now: () => number,
	) {}

	handle(request: SimulatorRequest): SimulatorReply {
		const [, sid = '', place = ''] = PATH.exec(request.path) ?? [];
		if (place !== 'traffic/Traffic.wx' && place !== 'account/getBlance.wx') return notFoundPage();
		if (request.method !== 'POST') return methodNotAllowedPage();
		try {
			checkIdentity(request, sid, this.account, this.now(), this.settings);
			const body = parseBody(request.body);
			const action = actionIn(body, place);
			this.checkApplication(body);
			const answer = this.perform(action, body);
			this.accepted[action]++;
			return jsonReply(answer);
		} catch (error) {
			if (error instanceof Refusal) return this.refuse(error.code, error.words);
			throw error;
		}
	}

	refusal(code: string): SimulatorReply {
		return this.refuse(code, messageOf(code));
	}

	explain(request: SimulatorRequest): Explanation {
		const [, sid] = PATH.exec(request.path) ?? [];
		return explainRequest(request, sid, this.account, this.now(), this.settings);
	}

	under<Result>(fault: SettingFault, act: () => Result): Result {
		return withSettings(this.settings, SETTING_FAULTS[fault], act);
	}

	private refuse(code: string, words: string): SimulatorReply {
		const answer = { statusCode: code, statusMsg: words, requestId: '' };
		return jsonReply(answer, this.settings.refusalStatus);
	}

	private checkApplication(body: Body): void {
		if (text(body, 'appid') !== this.account.appId || this.settings.refuseIp) {
			throw new Refusal('-205');
		}
	}

	private perform(action: Action, body: Body): JsonObject {
		switch (action) {
			case 'flowOrder':
				return this.takeOrder(body);
			case 'getTrafficResult':
				return this.tellStatus(body);
			case 'queryBlance':
				return { AccountSID: this.account.accountSid, Blance: this.settings.balance };
		}
	}

	/** `customParm` is not checked for uniqueness: the same order twice is charged twice. */
	private takeOrder(body: Body): JsonObject {
		const phone = text(body, 'phone');
		const flowCode = text(body, 'flowCode');
		const { customParm } = body;
		if (!PHONE.test(phone)) throw new Refusal('-102');
		if (customParm !== undefined && typeof customParm !== 'string') throw new Refusal('-101');
		const fen = this.priceInFen(flowCode);
		if (fen === undefined) throw new Refusal('-101');
		const left = Math.round(this.settings.balance * FEN_PER_YUAN) - fen;
		if (left < 0) throw new Refusal('-204');
		this.settings.balance = left / FEN_PER_YUAN;
		const { requestId } = this.ledger.add({
			phone,
			flowCode,
			...(customParm ? { customParm } : {}),
			price: fen / FEN_PER_YUAN,
			acceptedAt: this.now(),
		});
		return { statusCode: '0', statusMsg: messageOf('0'), requestId };
	}

	private priceInFen(flowCode: string): number | undefined {
		const special = this.settings.specialFlowCodes[flowCode];
		return special === undefined ? priceOf(flowCode) : Math.round(special * FEN_PER_YUAN);
	}

	/** At most once a minute for each order. */
	private tellStatus(body: Body): JsonObject {
		const requestId = text(body, 'requestId');
		const order = this.ledger.find(requestId);
		if (order === undefined) throw new Refusal('-101');
		if (!this.ledger.mayQuery(requestId, this.now(), this.settings.queryIntervalMs)) {
			throw new Refusal('-101', '查询过于频繁');
		}
		const status = this.statusOf(order);
		return this.settings.queryWithStatusCode
			? { statusCode: '0', statusMsg: '成功', requestId, ...status }
			: { ...status };
	}

	statusOf(order: Order) {
		return this.ledger.statusOf(order, this.now(), this.settings.orderDelayMs);
	}

	state(): JsonObject {
		const { specialFlowCodes, ...settings } = this.settings;
		return {
			vendor: 'trafficRecharge',
			settings: { ...settings, specialFlowCodes: { ...specialFlowCodes } },
			accepted: { ...this.accepted },
			balance: this.settings.balance,
			charges: this.ledger.charges,
			hastyQueries: this.ledger.hastyQueries,
			orders: this.ledger.list().map((order) => ({ ...order, ...this.statusOf(order) })),
		};
	}

	changeSettings(patch: Record<string, unknown>): void {
		Object.assign(this.settings, checkSettings(patch));
	}

	readonly controls: Readonly<Record<string, (body: unknown) => JsonValue>> = {};
}
