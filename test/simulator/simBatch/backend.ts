import type { Card } from '../m2m/card';
import type { Fleet } from '../m2m/fleet';
import { jsonReply, methodNotAllowedPage, notFoundPage } from '../replies';
import { isObject } from '../types';
import type { JsonObject, SimulatorReply, SimulatorRequest, VendorBackend } from '../types';
import { explainRequest } from './explain';
import { rowOf } from './row';
import { checkSettings } from './settings';
import type { SimBatchSettings } from './settings';

export const QUERY_PATH = '/api/app/querySimCardBatch';

/** The one error text that the document prints. */
export const NOTHING_FOUND = '未查询到任何数据';

const MAX_NUMBERS = 20;

/** Thrown wherever a request turns out to be one that the vendor refuses, with its words. */
class Refusal extends Error {}

/** What the vendor has counted. */
export interface SimBatchCounts {
	/** Queries that were not refused. */
	queries: number;
	/** Those among them with `update: true`. */
	realtimeQueries: number;
	/** Numbers in them. */
	numbers: number;
}

interface Query {
	numbers: string[];
	live: boolean;
}

/** An ICCID has 18 characters at least, an IMEI fewer. */
const isIccid = (number: string): boolean => number.length >= 18;

function parseQuery({ body, headers }: SimulatorRequest): Query {
	if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) throw new Refusal('参数错误');
	let parsed: unknown;
	try {
		parsed = JSON.parse(body);
	} catch {
		throw new Refusal('参数错误');
	}
	if (!isObject(parsed)) throw new Refusal('参数错误');
	const { imeis, update = false } = parsed;
	if (typeof imeis !== 'string' || imeis === '') throw new Refusal('imeis不能为空');
	if (typeof update !== 'boolean') throw new Refusal('update参数错误');
	const numbers = imeis.split(',');
	if (!numbers.every((number) => /^[0-9a-z]+$/i.test(number))) throw new Refusal('imeis格式错误');
	if (numbers.length > MAX_NUMBERS) throw new Refusal('最大支持20个号码查询');
	if (new Set(numbers.map(isIccid)).size > 1) throw new Refusal('不支持IMEI和ICCID混合查询');
	return { numbers, live: update };
}

const refused = (error: string): SimulatorReply => jsonReply({ state: false, result: null, error });

/** The vendor of the SIM batch query as the server calls it. */
export class SimBatchBackend implements VendorBackend {
	readonly counts: SimBatchCounts = { queries: 0, realtimeQueries: 0, numbers: 0 };

	constructor(
		private readonly fleet: Fleet,
		readonly settings: SimBatchSettings,
	) {}

	handle(request: SimulatorRequest): SimulatorReply {
		if (request.path !== QUERY_PATH) return notFoundPage();
		if (request.method !== 'POST') return methodNotAllowedPage();
		try {
			const query = parseQuery(request);
			this.counts.queries += 1;
			this.counts.realtimeQueries += query.live ? 1 : 0;
			this.counts.numbers += query.numbers.length;
			return this.answer(query);
		} catch (error) {
			if (error instanceof Refusal) return refused(error.message);
			throw error;
		}
	}

	readonly explain = explainRequest;

	/** There are no codes: `code` is the error text. */
	refusal(code: string): SimulatorReply {
		return refused(code);
	}

	state(): JsonObject {
		return {
			vendor: 'simBatch',
			cards: this.fleet.size,
			seed: this.fleet.seed,
			settings: { ...this.settings },
			...this.counts,
		};
	}

	changeSettings(patch: Record<string, unknown>): void {
		Object.assign(this.settings, checkSettings(patch));
	}

	private answer({ numbers, live }: Query): SimulatorReply {
		const { fleet, settings } = this;
		const rows = this.find(numbers).map((card) => ({
			...rowOf(card, fleet.seed, live, settings.balanceUnit),
		}));
		if (rows.length === 0 && settings.noneAs === 'error') return refused(NOTHING_FOUND);
		const result = rows.length === 0 && settings.noneAs === 'null' ? null : rows;
		return jsonReply({
			state: true,
			result: settings.resultShape === 'string' ? JSON.stringify(result) : result,
			error: '',
		});
	}

	/** Each card once, in the order of the vendor's own table and not of the question. */
	private find(numbers: readonly string[]): Card[] {
		const found = new Map<number, Card>();
		for (const number of numbers) {
			const card = this.fleet.find(number);
			const [asked, known] = [number.toUpperCase(), isIccid(number) ? card?.iccid : card?.imei];
			if (card && asked === known) found.set(card.index, card);
		}
		if (this.settings.extraRow && found.size > 0) {
			for (let index = 0; index < this.fleet.size; index++) {
				if (found.has(index)) continue;
				found.set(index, this.fleet.cardAt(index));
				break;
			}
		}
		return [...found.values()].sort((a, b) => a.index - b.index);
	}
}
