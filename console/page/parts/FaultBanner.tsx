import { TriangleAlert } from 'lucide-preact';
import type { ActiveFault } from '../../api';
import { endFaults, faults } from '../state/faults';
import { texts } from '../state/language';
import { vendorTitle } from '../state/overview';

/** A fault in one line, e.g. "Slow: 5 s · for the next 3 requests". */
export function describeFault({ fault, value, times }: ActiveFault): string {
	const { faults: words } = texts.value;
	const detail =
		fault === 'slow' ? `${Number(value) / 1000} s` : fault === 'code' ? String(value) : '';
	const name = detail === '' ? words.kinds[fault].name : `${words.kinds[fault].name} ${detail}`;
	return times === undefined ? name : `${name} · ${words.forNext(times)}`;
}

/** On every view, as what looks broken elsewhere may be a fault that was asked for. */
export function FaultBanner() {
	const active = faults.data.value ?? [];
	if (active.length === 0) return null;
	const { faults: words, common } = texts.value;
	return (
		<div class="banner warn" role="status">
			<TriangleAlert size={18} />
			<p>
				<strong>{words.active(active.length)}</strong>{' '}
				{active
					.map((fault) => common.named(vendorTitle(fault.vendor), describeFault(fault)))
					.join(common.listSeparator)}
			</p>
			<button type="button" onClick={() => void endFaults(active.map(({ vendor }) => vendor))}>
				{words.endAll}
			</button>
		</div>
	);
}
