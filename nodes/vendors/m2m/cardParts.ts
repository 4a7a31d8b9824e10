/** What is known of a card, in the parts in which the platform gives it: a request each. */
import type { IDataObject } from 'n8n-workflow';

import type { Row, VendorClient } from '../../shared/contracts/operation';
import { overviewOf } from './cardFigures';
import { getCard } from './operations/getCard';
import { getCardStatus } from './operations/getCardStatus';
import { getRemainingData } from './operations/getRemainingData';
import type { M2mReply } from './protocol';

type Client = VendorClient<M2mReply>;

/** In the order in which they are asked for. */
const PARTS = {
	info: {
		raw: 'card',
		row: (reply: M2mReply) => getCard.response(reply, { cardKey: '' }),
		ask: async (cardKey: string, client: Client) => await getCard.perform({ cardKey }, client),
	},
	status: {
		raw: 'status',
		row: (reply: M2mReply) => getCardStatus.response(reply, { cardKey: '', statusFields: [] }),
		ask: async (cardKey: string, client: Client) => {
			const statusFields = getCardStatus.fields.statusFields.parse([], client.environment);
			return await getCardStatus.perform({ cardKey, statusFields }, client);
		},
	},
	remaining: {
		raw: 'remaining',
		row: (reply: M2mReply) => getRemainingData.response(reply, { cardKey: '' }),
		ask: async (cardKey: string, client: Client) =>
			await getRemainingData.perform({ cardKey }, client),
	},
} as const;

export type CardPart = keyof typeof PARTS;

export const CARD_PARTS: readonly CardPart[] = ['info', 'status', 'remaining'];

/** The overview of these parts: of what is in none of them, nothing. */
function overviewOfParts(parts: ReadonlyMap<CardPart, IDataObject>, nowMs: number): IDataObject {
	const part = (name: CardPart) => parts.get(name) ?? {};
	const overview = overviewOf(part('info'), part('status'), part('remaining'), nowMs);
	return Object.fromEntries(Object.entries(overview).filter(([, value]) => value !== undefined));
}

/** @throws VendorError */
export async function readCardPart(
	cardKey: string,
	part: CardPart,
	client: Client,
): Promise<Row | undefined> {
	const [row] = await PARTS[part].ask(cardKey, client);
	return row;
}

/** The names of what these parts tell, each with null: where nothing is known of a card. */
function unknownCard(include: readonly CardPart[]): IDataObject {
	const reply = { raw: {}, rows: [{ cardcode: '0' }] };
	const parts = new Map(
		include.map((name) => [name, PARTS[name].row(reply)[0]?.simplify() ?? {}] as const),
	);
	return Object.fromEntries(Object.keys(overviewOfParts(parts, 0)).map((name) => [name, null]));
}

/** What was read of a card, as one row; null in place of what was asked for and not read. */
export function rowOfParts(
	rows: ReadonlyMap<CardPart, Row>,
	include: readonly CardPart[],
	{ environment }: Client,
): Row {
	const entries = [...rows];
	return {
		raw: Object.fromEntries(entries.map(([name, { raw }]) => [PARTS[name].raw, raw])),
		simplify: () => ({
			...(rows.size < include.length ? unknownCard(include) : {}),
			...overviewOfParts(
				new Map(entries.map(([name, row]) => [name, row.simplify()])),
				environment.now(),
			),
		}),
	};
}
