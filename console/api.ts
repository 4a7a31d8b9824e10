/**
 * What the console's server and its page tell each other: JSON over HTTP below `/api`, and what
 * happens as server-sent events. Times are milliseconds since 1970, data is in KB, money in yuan.
 */
import { FAULT_KINDS, type FaultKind } from '../test/simulator/faultKinds';

export const VENDOR_IDS = ['m2m', 'simBatch', 'smsPlatform', 'trafficRecharge'] as const;
export type VendorId = (typeof VENDOR_IDS)[number];

/** A text in the languages of the console. */
export interface Bilingual {
	en: string;
	zh: string;
}

/** A vendor's code, for the fault `code` and to explain refusals. */
export interface VendorCode {
	code: string;
	/** The vendor's own words. */
	words: string;
	/** What it means, in English. */
	meaning: string;
}

/** Something that a vendor counts down, e.g. money or SMS. */
export interface Balance {
	/** Unique within its vendor; the name of the setting behind it. */
	id: string;
	label: Bilingual;
	value: number;
	/** E.g. `¥`, `SMS`, `points`. */
	unit: Bilingual;
}

export { FAULT_KINDS, type FaultKind };

export interface NewFault {
	fault: FaultKind;
	/** Milliseconds for `slow`, a code of the vendor for `code`. */
	value?: number | string;
	/** How many requests it hits; until it is ended when left out. */
	times?: number;
	/** Only requests to this path. */
	path?: string;
}

export interface ActiveFault extends NewFault {
	vendor: VendorId;
}

export interface Vendor {
	id: VendorId;
	title: Bilingual;
	url: string;
	/** What to type into the credential, by its label in n8n; demonstration values only. */
	credential: Record<string, string>;
	balances: Balance[];
	codes: VendorCode[];
	/** The kinds of fault that it has. */
	faultKinds: FaultKind[];
	/** Requests so far. */
	requests: number;
}

export interface ExampleCall {
	label: Bilingual;
	method: 'GET' | 'POST';
	url: string;
	/** Of a POST, beside its content type; e.g. what the caller proves itself with. */
	headers?: Record<string, string>;
	body?: string;
}

/** A workflow that is there to be played. */
export interface ExampleCard {
	file: string;
	title: Bilingual;
	what: Bilingual;
	/** What to do, step by step. */
	play: { en: string[]; zh: string[] };
	/** Its page in the editor; absent where the console runs without n8n. */
	editorUrl?: string;
	/** Whether it is in production, so that its triggers are served. */
	isActive?: boolean;
	/** Its triggers for pushes. */
	webhooks: Array<{ kind: PushKind; url: string }>;
	/** What the caller's own system would do: a GET is opened in the browser, a POST has a JSON body. */
	calls: ExampleCall[];
}

/** What a call of an example was answered. */
export interface CallOutcome {
	status: number;
	body: string;
}

export interface Overview {
	vendors: Vendor[];
	/** n8n's editor with its login; absent where the console runs without n8n. */
	editor?: { url: string; email: string; password: string };
	examples: ExampleCard[];
	/** Where chat messages may be posted: any JSON. */
	chatUrl: string;
}

/** A SIM card of the fleet. */
export interface CardRow {
	cardNumber: string;
	iccid: string;
	imsi: string;
	imei: string;
	/** The user's phone; empty when there is none. */
	userMobile: string;
	planName: string;
	planKb: number;
	usedKb: number;
	remainingKb: number;
	/** Null without a plan. */
	usedPercent: number | null;
	/** Code of M2M §2.2, e.g. `00`. */
	status: string;
	statusText: Bilingual;
	isOnline: boolean;
	ip: string;
	networkType: Bilingual;
	/** `yyyy-MM-dd`, or empty. */
	billingEndDate: string;
	/** Null without a date. */
	daysLeft: number | null;
	/** Whether something was changed by hand. */
	isChanged: boolean;
	/** Whether the platform no longer knows it. */
	isGone: boolean;
}

export const CARD_SORTS = ['cardNumber', 'usedPercent', 'usedKb', 'daysLeft'] as const;
export type CardSort = (typeof CARD_SORTS)[number];

export interface CardQuery {
	/** Part of a card number, ICCID, IMSI, IMEI or user's phone. */
	search?: string;
	status?: string;
	online?: boolean;
	/** Only cards with less than 20 % of the plan left. */
	low?: boolean;
	/** Only cards that end within 30 days, or have ended. */
	expiring?: boolean;
	sort?: CardSort;
	descending?: boolean;
	/** From 0. */
	page?: number;
}

export interface CardPage {
	total: number;
	pageSize: number;
	rows: CardRow[];
}

/** What may be changed of a card by hand; null undoes a change. */
export interface CardPatch {
	online?: boolean | null;
	status?: string | null;
	imei?: string | null;
	ip?: string | null;
	usedKb?: number | null;
	billingEndDate?: string | null;
	isGone?: boolean | null;
}

export interface CardDetail extends CardRow {
	/** The last 12 months, the oldest first. */
	months: Array<{ month: string; usedKb: number }>;
}

export interface FleetSummary {
	cards: number;
	online: number;
	offline: number;
	byStatus: Array<{ status: string; text: Bilingual; cards: number }>;
	/** Cards by how much of the plan is used: ten steps of 10 %, the last one is over 100 %. */
	byUsedPercent: Array<{ fromPercent: number; cards: number }>;
	/** Cards that end on a day, from today on, for 30 days. */
	expiringByDay: Array<{ day: string; cards: number }>;
	low: number;
	expiring: number;
	usedKb: number;
	planKb: number;
}

/** A step of how a vendor checks who asks. */
export interface SignatureStep {
	/** E.g. "Join password, requesttime and the fields in their order". */
	what: Bilingual;
	/** What came out, e.g. the joined text; secrets of the demonstration account are shown. */
	value: string;
	/** The paragraph of the vendor's document, e.g. `M2M §1.4`. */
	source: string;
	/** Absent where nothing is compared. */
	comparison?: { expected: string; received: string; matches: boolean };
}

export interface SignatureExplanation {
	/** Null: this vendor or call has no signature to check. */
	isAuthentic: boolean | null;
	steps: SignatureStep[];
	/** One sentence on the outcome: why it was refused, or that it is right. */
	conclusion: Bilingual;
}

export interface RequestRow {
	/** Increasing. */
	id: number;
	vendor: VendorId;
	arrivedAt: number;
	method: string;
	path: string;
	/** The operation in the package's words, e.g. "Card: Get Status"; empty when unknown. */
	operation: string;
	/** Absent while it is open, or when it was cut off. */
	status?: number;
	durationMs?: number;
	/** The vendor's code in the reply, e.g. `0013`; absent when there is none. */
	code?: string;
	/** The fault that hit it. */
	fault?: FaultKind;
	isAuthentic: boolean | null;
}

export interface RequestDetail extends RequestRow {
	query: string;
	headers: Record<string, string>;
	body: string;
	/** Absent while it is open, or when it was cut off. */
	reply?: { status: number; headers: Record<string, string>; body: string };
	signature: SignatureExplanation;
}

/** An SMS as a phone or a card shows it. */
export interface SmsMessage {
	id: number;
	vendor: 'm2m' | 'smsPlatform';
	/** The phone or card that has it on its screen. */
	number: string;
	/** `toPhone`: sent by n8n over a vendor; `fromPhone`: its answer. */
	direction: 'toPhone' | 'fromPhone';
	text: string;
	at: number;
	/** `failed`: it will never arrive. */
	delivery: 'pending' | 'delivered' | 'failed';
	/** Links in it, in order. */
	links: string[];
	/** What it offers to reply with, e.g. `Y123456`. */
	codes: string[];
}

export interface Phone {
	number: string;
	/** A SIM card of the fleet, or a person's phone. */
	isCard: boolean;
	lastAt: number;
	messages: SmsMessage[];
}

export interface NewReply {
	text: string;
	/** Over which vendor it comes back; the one of the last message when left out. */
	vendor?: 'm2m' | 'smsPlatform';
}

export interface OrderRow {
	requestId: string;
	phone: string;
	flowCode: string;
	/** In English words, e.g. "30 MB, China Mobile, nationwide"; empty for a code outside of the rule. */
	flowText: string;
	/** The same in both languages. */
	flowWords: Bilingual;
	customParm: string;
	price: number;
	acceptedAt: number;
	state: 'inProgress' | 'succeeded' | 'failed';
}

export const PUSH_KINDS = [
	'sms-sent',
	'sms-received',
	'flow-alert',
	'sms-report',
	'sms-reply',
	'order-status',
] as const;
export type PushKind = (typeof PUSH_KINDS)[number];

export interface PushKindInfo {
	kind: PushKind;
	vendor: VendorId;
	label: Bilingual;
}

export interface NewPush {
	kind: PushKind;
	url: string;
	/** For vendors that do not sign. */
	token?: string;
	/** Records in the push; default 1. */
	count?: number;
	/** `wrong`: signed with another password, to see it refused. */
	signature?: 'right' | 'wrong';
	/** The card, phone or order that it is about; made up when left out. */
	about?: string;
	/** What the SMS says, for those that carry one. */
	text?: string;
	/** Sends the very same records a second time. */
	duplicate?: boolean;
	/** Flow alert: whether the alert threshold is passed too, or only the warning. */
	isOver?: boolean;
}

/** A push that went out, by hand or by itself. */
export interface PushRow {
	id: number;
	kind: PushKind;
	url: string;
	body: string;
	sentAt: number;
	/** By hand, or because something happened at a platform. */
	by: 'hand' | 'event';
	status?: number;
	answer: string;
	acknowledged: boolean;
	/** Why no answer came. */
	error?: string;
	/** Absent for vendors that do not sign. */
	signature?: SignatureExplanation;
}

/** Where what happens at the platforms is pushed to by itself, by kind. */
export type Subscriptions = Record<PushKind, string[]>;

/** A mail or a chat message that n8n sent in the demonstration. */
export interface InboxRow {
	id: number;
	at: number;
	via: 'mail' | 'chat';
	from: string;
	to: string[];
	subject: string;
	text: string;
	/** The page of a mail; shown without scripts. */
	html?: string;
	attachments: Array<{ name: string; type: string; bytes: number }>;
}

/**
 * `GET /api/events`: one event a change, of the type that it names, so that the page stays live.
 * `balances`, `faults`, `fleet` and `subscriptions` say only that they have changed: ask again.
 */
export interface ConsoleEvents {
	request: RequestRow;
	message: SmsMessage;
	order: OrderRow;
	push: PushRow;
	inbox: InboxRow;
	balances: null;
	faults: null;
	fleet: null;
	subscriptions: null;
	examples: null;
	/** More has happened than this browser took: ask for all of it again, as after a reconnect. */
	reload: null;
}

/**
 * The calls below `/api`. What cannot be done is an HTTP 400 or 404 with `{ error: Bilingual }`.
 *
 * - `GET /overview` → Overview
 * - `GET /fleet` → FleetSummary; `GET /cards?…` (CardQuery) → CardPage
 * - `GET /cards/:cardNumber` → CardDetail; `PATCH` with CardPatch → CardDetail; `DELETE` undoes all
 * - `DELETE /cards` undoes the changes of all cards
 * - `GET /requests?vendor=&after=` → RequestRow[] (the newest 500, newest first)
 * - `GET /requests/:id` → RequestDetail; `DELETE /requests` forgets them
 * - `GET /phones` → Phone[] (the last one heard of first); `POST /phones/:number/replies` (NewReply)
 *   → SmsMessage
 * - `GET /orders` → OrderRow[] (newest first)
 * - `PATCH /balances/:vendor/:id` with `{ value }` → Balance
 * - `GET /push-kinds` → PushKindInfo[]; `GET /pushes` → PushRow[]; `POST /pushes` (NewPush) → PushRow[]
 * - `GET /subscriptions` → Subscriptions; `PUT /subscriptions/:kind` with `{ urls }`
 * - `GET /faults` → ActiveFault[]; `POST /faults/:vendor` (NewFault); `DELETE /faults/:vendor`
 * - `GET /inbox` → InboxRow[]; `GET /inbox/:id/attachments/:index` → the file
 * - `POST /examples/:file/active` with `{ active }` → ExampleCard
 * - `POST /examples/:file/calls/:index` with `{ body }` → CallOutcome: the server makes the call, as
 *   n8n is of another origin than the page
 * - `GET /events` → ConsoleEvents as server-sent events
 * - `POST /chat` (not below `/api`): takes any JSON, answers `{"errcode":0,"errmsg":"ok"}`
 */
export const API_PATH = '/api';
