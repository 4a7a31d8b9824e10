import type { FaultKind, NewFault, Vendor } from '../../../api';
import { describeFault } from '../../parts/FaultBanner';
import { addFault, endFaults, faults } from '../../state/faults';
import { language, say, texts } from '../../state/language';

interface VendorFaultsProps {
	vendor: Vendor;
	times: number | undefined;
	seconds: number;
}

const MS_PER_SECOND = 1000;

/** The faults of one platform, each at a click. */
export function VendorFaults({ vendor, times, seconds }: VendorFaultsProps) {
	const { faults: words } = texts.value;
	const { id, title, codes, faultKinds } = vendor;
	const active = (faults.data.value ?? []).filter((fault) => fault.vendor === id);
	const set = (fault: NewFault) => void addFault(id, { ...fault, times });
	const setKind = (fault: FaultKind) =>
		set(fault === 'slow' ? { fault, value: seconds * MS_PER_SECOND } : { fault });
	return (
		<section class="panel" aria-label={say(title)}>
			<h2>{say(title)}</h2>
			{active.length > 0 && (
				<p class="callout warn">
					<span>{active.map(describeFault).join(texts.value.common.listSeparator)}</span>
					<button type="button" class="small" onClick={() => void endFaults([id])}>
						{words.end}
					</button>
				</p>
			)}
			<ul class="faults">
				{faultKinds
					.filter((kind) => kind !== 'code')
					.map((kind) => (
						<li key={kind}>
							<button type="button" onClick={() => setKind(kind)}>
								{words.kinds[kind].name}
							</button>
							<span class="muted">{words.kinds[kind].meaning}</span>
						</li>
					))}
			</ul>
			{faultKinds.includes('code') && codes.length > 0 && (
				<details>
					<summary>{words.codes(codes.length)}</summary>
					<ul class="faults codes">
						{codes.map(({ code, words: own, meaning }) => (
							<li key={code}>
								<button
									type="button"
									translate={false}
									onClick={() => set({ fault: 'code', value: code })}
								>
									{code}
								</button>
								<span>
									{language.value === 'en' && <>{meaning} </>}
									<span class="muted" lang="zh-CN">
										{own}
									</span>
								</span>
							</li>
						))}
					</ul>
				</details>
			)}
		</section>
	);
}
