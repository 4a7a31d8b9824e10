import type { Card } from '../card';
import { Refusal } from '../codes';
import type { Fields } from '../envelope';
import type { Outcome, Row } from '../result';
import type { World } from '../world';

/** Does what a call asks for, or throws a `Refusal`. */
export type Handler = (world: World, fields: Fields) => Outcome;

export function field(fields: Fields, name: string): string {
	const value = fields[name];
	if (value === undefined) throw new Refusal('0015');
	return value;
}

/** Refuses a field that is not laid out as the document asks. */
export function requireLayout(
	value: string,
	layout: RegExp,
	code: ConstructorParameters<typeof Refusal>[0],
): void {
	if (!layout.test(value)) throw new Refusal(code);
}

export function findCard(world: World, key: string): Card {
	const card = world.fleet.find(key);
	if (!card) throw new Refusal('0014');
	return card;
}

/** M2M §2.9 and §2.10 take a card number and none of the other three. */
export function findByCardNumber(world: World, cardcode: string): Card {
	const card = findCard(world, cardcode);
	if (card.cardcode !== cardcode) throw new Refusal('0014');
	return card;
}

/** The three numbers that most rows begin with. */
export function identityRow({ cardcode, iccid, imsi }: Card): Row {
	return { cardcode, iccid, imsi };
}
