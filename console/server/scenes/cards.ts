import type { CardDetail, CardPatch } from '../../api';
import { ALERT_THRESHOLDS, alertRowOf, areCardChanges } from '../../../test/simulator';
import type { Card, CardChange, CardChanges } from '../../../test/simulator';
import type { FleetBook } from '../fleet/fleetBook';
import type { Publish } from '../http/hub';
import { Problem } from '../problem';
import type { Courier } from '../pushes/courier';
import type { RunningVendors } from '../vendors/running';

/** How many thresholds of its plan a card has passed. */
const thresholdsPassed = ({ planKb, usedKb }: Card): number =>
	planKb === 0
		? 0
		: Object.values(ALERT_THRESHOLDS).filter((part) => usedKb >= Math.floor(planKb * part)).length;

/** Cards as they are changed by hand, the same for all platforms that know them. */
export class CardDesk {
	constructor(
		private readonly vendors: RunningVendors,
		private readonly fleet: FleetBook,
		private readonly courier: Courier,
		private readonly publish: Publish,
	) {}

	change(cardNumber: string, patch: CardPatch): CardDetail {
		const before = this.fleet.find(cardNumber);
		const merged = { ...this.changes[cardNumber], ...patch };
		const kept = Object.entries(merged).filter(
			([, value]) => value !== null && value !== undefined,
		);
		const change = Object.fromEntries(kept) as CardChange;
		if (!areCardChanges({ [cardNumber]: change })) {
			throw new Problem({ en: 'There is no such status of a card.', zh: '没有这个卡状态。' });
		}
		const { [cardNumber]: _, ...others } = this.changes;
		this.changes = kept.length === 0 ? others : { ...others, [cardNumber]: change };
		const after = this.fleet.find(cardNumber);
		if (thresholdsPassed(after) > thresholdsPassed(before)) {
			this.courier.take('flow-alert', [alertRowOf(after, after.usedKb)]);
		}
		return this.fleet.detail(cardNumber);
	}

	undo(cardNumber: string): CardDetail {
		this.fleet.find(cardNumber);
		const { [cardNumber]: _, ...others } = this.changes;
		this.changes = others;
		return this.fleet.detail(cardNumber);
	}

	undoAll(): void {
		this.changes = {};
	}

	private get changes(): CardChanges {
		const { m2m, simBatch } = this.vendors;
		return (m2m ?? simBatch)?.settings.cardChanges ?? {};
	}

	private set changes(changes: CardChanges) {
		const { m2m, simBatch } = this.vendors;
		for (const vendor of [m2m, simBatch]) {
			if (vendor) vendor.settings.cardChanges = changes;
		}
		this.publish('fleet', null);
	}
}
