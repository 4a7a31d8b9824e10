import { VENDOR_IDS } from '../api';
import type {
	ActiveFault,
	CallOutcome,
	ExampleCard,
	NewFault,
	Overview,
	PushKind,
	VendorId,
} from '../api';
import { Inbox } from './books/inbox';
import { PhoneBook } from './books/phoneBook';
import { clip } from './books/recent';
import { RequestBook } from './books/requestBook';
import { FleetBook } from './fleet/fleetBook';
import { Hub } from './http/hub';
import type { ConsoleOptions } from './options';
import { notFound, Problem } from './problem';
import { Courier } from './pushes/courier';
import { PushBook } from './pushes/pushBook';
import { writePush } from './pushes/write';
import { CardDesk } from './scenes/cards';
import { playOrders } from './scenes/orders';
import { playM2mSms, playSmsPlatform } from './scenes/smsScenes';
import { describeVendors, faultKindsOf } from './vendors/about';
import { balancesAsText } from './vendors/balances';
import { VENDOR_CODES } from './vendors/codes';
import { needed } from './vendors/running';
import type { RunningVendors } from './vendors/running';

/** Vendors wait minutes before they push again; nobody at a console does. */
const DEFAULT_PUSH_INTERVAL_MS = 10_000;

const CHAT_PATH = '/chat';
/** A workflow that waits for a person answers late. */
const CALL_TIMEOUT_MS = 120_000;
const MAX_ANSWER = 256 * 1024;

/** All that the console knows and does; HTTP is left to its callers. */
export class Studio {
	readonly hub = new Hub();

	readonly vendors: RunningVendors;

	readonly requests = new RequestBook(this.hub.publish);

	readonly inbox = new Inbox(this.hub.publish);

	readonly phones: PhoneBook;

	readonly pushes: PushBook;

	readonly courier: Courier;

	private readonly fleet?: FleetBook;

	private readonly desk?: CardDesk;

	private readonly ends: Array<() => void> = [];

	private balances: string;

	constructor(private readonly options: ConsoleOptions) {
		const { vendors, pushIntervalMs = DEFAULT_PUSH_INTERVAL_MS } = options;
		const { publish } = this.hub;
		this.vendors = vendors;
		const { m2m, simBatch } = vendors;
		this.phones = new PhoneBook(publish, (number) => m2m?.fleet.indexOf(number) !== undefined);
		this.pushes = new PushBook(publish, () => m2m?.account.password ?? '');
		this.courier = new Courier(
			this.pushes,
			publish,
			(kind, records) => writePush(vendors, kind, records),
			pushIntervalMs,
		);
		const source = m2m ?? simBatch;
		if (source) {
			this.fleet = new FleetBook({
				fleet: source.fleet,
				now: m2m?.world.now ?? Date.now,
				changes: () => source.settings.cardChanges,
			});
			this.desk = new CardDesk(vendors, this.fleet, this.courier, publish);
			this.fleet.prepare();
		}
		this.balances = balancesAsText(vendors);
		this.follow();
		for (const example of options.examples?.list ?? []) {
			if (example.isActive) this.serve(example, true);
		}
	}

	overview(ownUrl: string): Overview {
		const { editor, examples } = this.options;
		return {
			vendors: describeVendors(this.vendors, (id) => this.requests.count(id)),
			...(editor && { editor }),
			examples: [...(examples?.list ?? [])],
			chatUrl: ownUrl + CHAT_PATH,
		};
	}

	get cards(): { book: FleetBook; desk: CardDesk } {
		if (this.fleet && this.desk) return { book: this.fleet, desk: this.desk };
		throw notFound('No platform with cards runs here.', '此处没有运行带卡片的平台。');
	}

	listFaults(): ActiveFault[] {
		return VENDOR_IDS.flatMap((vendor) =>
			(this.vendors[vendor]?.faults.list() ?? []).map(({ fault, value, times, path }) => ({
				vendor,
				fault,
				...(value === undefined ? {} : { value }),
				...(times === undefined ? {} : { times }),
				...(path === undefined ? {} : { path }),
			})),
		);
	}

	addFault(vendor: VendorId, fault: NewFault): void {
		const { faults } = needed(this.vendors, vendor);
		if (!faultKindsOf(vendor).includes(fault.fault)) {
			throw new Problem({
				en: 'This platform has no such fault: it knows no account.',
				zh: '此平台没有这种故障：它没有账户。',
			});
		}
		const isCode = fault.fault === 'code';
		if (isCode && !VENDOR_CODES[vendor].some(({ code }) => code === fault.value)) {
			throw new Problem({ en: 'This platform has no such code.', zh: '此平台没有这个代码。' });
		}
		try {
			faults.add(fault);
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			throw new Problem({ en: reason, zh: `故障设置有误：${reason}` });
		}
	}

	/** Tells whether a balance has changed since it was last told. */
	noteBalances(): void {
		const balances = balancesAsText(this.vendors);
		if (balances === this.balances) return;
		this.balances = balances;
		this.hub.publish('balances', null);
	}

	/** Makes a call of an example, as the user's own system would. */
	async callExample(file: string, index: number, body?: string): Promise<CallOutcome> {
		const example = this.options.examples?.list.find((one) => one.file === file);
		const call = example?.calls[index];
		if (!call) throw notFound('There is no such call.', '没有这个调用。');
		try {
			const response = await fetch(call.url, {
				method: call.method,
				...(call.method === 'POST' && {
					headers: { 'content-type': 'application/json', ...call.headers },
					body: body ?? call.body ?? '',
				}),
				signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
			});
			return { status: response.status, body: clip(await response.text(), MAX_ANSWER) };
		} catch (error) {
			const { message, cause } = error as Error;
			const reason = cause instanceof Error ? cause.message || message : message;
			throw new Problem({
				en: `There was no answer from ${call.url}: ${reason}`,
				zh: `${call.url} 没有应答：${reason}`,
			});
		}
	}

	async setExampleActive(file: string, active: boolean): Promise<ExampleCard> {
		const { examples } = this.options;
		const example = examples?.list.find((one) => one.file === file);
		if (!example || !examples?.setActive) {
			throw notFound(`There is no workflow "${file}" here.`, `此处没有工作流“${file}”。`);
		}
		try {
			await examples.setActive(file, active);
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			throw new Problem({ en: reason, zh: `n8n 无法执行：${reason}` });
		}
		example.isActive = active;
		this.serve(example, active);
		this.hub.publish('examples', null);
		return example;
	}

	close(): void {
		for (const end of this.ends) end();
		this.courier.close();
		this.hub.close();
	}

	/** Adds the webhooks of a workflow to the subscriptions, or takes them out. */
	private serve({ webhooks }: ExampleCard, active: boolean): void {
		const change = (kind: PushKind, url: string) => {
			const others = this.courier.subscriptions[kind].filter((known) => known !== url);
			this.courier.subscribe(kind, active ? [...others, url] : others);
		};
		for (const { kind, url } of webhooks) change(kind, url);
	}

	private follow(): void {
		const { vendors, courier, phones, ends } = this;
		const { publish } = this.hub;
		for (const id of VENDOR_IDS) {
			const server = vendors[id];
			if (!server) continue;
			ends.push(
				this.requests.follow(id, server),
				server.requests.ended.listen(() => this.noteBalances()),
				server.faults.changed.listen(() => publish('faults', null)),
			);
		}
		const { m2m, smsPlatform, trafficRecharge } = vendors;
		if (m2m) ends.push(playM2mSms(m2m, { phones, courier }));
		if (smsPlatform) ends.push(playSmsPlatform(smsPlatform, { phones, courier }));
		if (trafficRecharge) ends.push(playOrders(trafficRecharge, courier, publish));
		const { mail } = this.options;
		if (mail) {
			for (const one of mail.mails) this.inbox.addMail(one);
			ends.push(mail.received.listen((one) => this.inbox.addMail(one)));
		}
	}
}
