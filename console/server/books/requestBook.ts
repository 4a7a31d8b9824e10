import type {
	FaultKind,
	RequestDetail,
	RequestRow,
	SignatureExplanation,
	VendorId,
} from '../../api';
import { VENDOR_IDS } from '../../api';
import type { Exchange, SimulatorServer } from '../../../test/simulator';
import type { Publish } from '../http/hub';
import { notFound } from '../problem';
import { codeOf, operationOf } from '../vendors/operations';
import { clip, counter, Recent } from './recent';

/** How many requests of each platform are kept. */
const MAX_REQUESTS = 500;
/** Characters kept of a body, and of a step of an explanation. */
const MAX_BODY = 64 * 1024;
const MAX_STEP = 4 * 1024;

/** A fault as the reply of the platform itself tells nothing of it. */
const faultOf = ({ fault }: Exchange): { fault?: FaultKind } =>
	fault === undefined ? {} : { fault };

function clipped({ isAuthentic, steps, conclusion }: SignatureExplanation): SignatureExplanation {
	return {
		isAuthentic,
		conclusion,
		steps: steps.map((step) => ({
			...step,
			value: clip(step.value, MAX_STEP),
			...(step.comparison && {
				comparison: { ...step.comparison, received: clip(step.comparison.received, MAX_STEP) },
			}),
		})),
	};
}

const NOT_EXPLAINED: SignatureExplanation = {
	isAuthentic: null,
	steps: [],
	conclusion: { en: 'Nothing is checked here.', zh: '此处不做检查。' },
};

const headersOf = (headers: Exchange['request']['headers']): Record<string, string> =>
	Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

const rowOf = ({
	query: _query,
	headers: _headers,
	body: _body,
	reply: _reply,
	signature: _signature,
	...row
}: RequestDetail): RequestRow => row;

/** The requests of all platforms, the newest of each. */
export class RequestBook {
	private readonly nextId = counter();

	private readonly kept = Object.fromEntries(
		VENDOR_IDS.map((id) => [id, new Recent<RequestDetail>(MAX_REQUESTS)]),
	) as Record<VendorId, Recent<RequestDetail>>;

	private readonly open = new Map<Exchange, RequestDetail>();

	private readonly counts = Object.fromEntries(VENDOR_IDS.map((id) => [id, 0])) as Record<
		VendorId,
		number
	>;

	constructor(private readonly publish: Publish) {}

	/** Writes down what a platform is asked; the returned function ends it. */
	follow(vendor: VendorId, { requests }: SimulatorServer): () => void {
		const ends = [
			requests.arrived.listen((exchange) => this.arrive(vendor, exchange)),
			requests.ended.listen((exchange) => this.end(vendor, exchange)),
		];
		return () => ends.forEach((end) => end());
	}

	count(vendor: VendorId): number {
		return this.counts[vendor];
	}

	/** The newest first; `after` leaves out those with this ID and before. */
	list(vendor: VendorId | undefined, after: number): RequestRow[] {
		const books = vendor === undefined ? Object.values(this.kept) : [this.kept[vendor]];
		return books
			.flatMap((book) => book.list())
			.filter(({ id }) => id > after)
			.sort((a, b) => b.id - a.id)
			.slice(0, MAX_REQUESTS)
			.map(rowOf);
	}

	find(id: number): RequestDetail {
		const found = Object.values(this.kept).map((book) => book.find(id));
		const detail = found.find((entry) => entry !== undefined);
		if (detail) return detail;
		throw notFound(
			'This request is no longer kept: only the newest are.',
			'这条请求已不再保留：只保留最新的请求。',
		);
	}

	clear(): void {
		for (const book of Object.values(this.kept)) book.clear();
		for (const id of VENDOR_IDS) this.counts[id] = 0;
	}

	private arrive(vendor: VendorId, exchange: Exchange): void {
		const { request, explanation } = exchange;
		const { arrivedAt, method, path, query } = request;
		this.counts[vendor]++;
		const detail = this.kept[vendor].add({
			id: this.nextId(),
			...{ vendor, arrivedAt, method, path, query: clip(query, MAX_BODY) },
			operation: operationOf(vendor, request),
			...faultOf(exchange),
			isAuthentic: explanation?.isAuthentic ?? null,
			headers: headersOf(request.headers),
			body: clip(request.body, MAX_BODY),
			signature: explanation ? clipped(explanation) : NOT_EXPLAINED,
		});
		this.open.set(exchange, detail);
		this.publish('request', rowOf(detail));
	}

	private end(vendor: VendorId, exchange: Exchange): void {
		const detail = this.open.get(exchange);
		if (!detail) return;
		this.open.delete(exchange);
		const { reply, endedAt = Date.now() } = exchange;
		detail.durationMs = endedAt - detail.arrivedAt;
		if (reply) {
			detail.status = reply.status;
			detail.reply = { ...reply, body: clip(reply.body, MAX_BODY) };
			const code = codeOf(vendor, reply.body);
			if (code !== undefined) detail.code = code;
		}
		this.publish('request', rowOf(detail));
	}
}
