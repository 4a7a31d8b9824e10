import type { RequestDetail } from '../../../api';
import { formatDateTime, formatDuration } from '../../logic/format';
import { Body, Headers } from '../../parts/Body';
import { Drawer } from '../../parts/Drawer';
import { Loaded } from '../../parts/Loaded';
import { Signature } from '../../parts/Signature';
import { language, locale, texts } from '../../state/language';
import { overview, vendorTitle } from '../../state/overview';
import type { Resource } from '../../state/resource';
import { Outcome } from './RequestTable';

/** Everything of one request. */
export function RequestDrawer({
	from,
	onClose,
}: {
	from: Resource<RequestDetail>;
	onClose: () => void;
}) {
	const row = from.data.value;
	const { requests } = texts.value;
	const title = row && (row.operation || row.path);
	return (
		<Drawer title={title ? <span translate={false}>{title}</span> : requests.one} onClose={onClose}>
			<Loaded from={from}>
				{(detail) => (
					<>
						<Summary detail={detail} />
						<section>
							<h3>{requests.signature}</h3>
							<Signature explanation={detail.signature} />
						</section>
						<section>
							<h3>{requests.request}</h3>
							<p class="wrap mono" translate={false}>
								{detail.method} {detail.path}
								{detail.query}
							</p>
							<Headers headers={detail.headers} />
							<Body text={detail.body} label={requests.request} />
						</section>
						<section>
							<h3>{requests.reply}</h3>
							{detail.reply ? (
								<>
									<Headers headers={detail.reply.headers} />
									<Body text={detail.reply.body} label={requests.reply} />
								</>
							) : (
								<p class="muted">{requests.noReply}</p>
							)}
						</section>
					</>
				)}
			</Loaded>
		</Drawer>
	);
}

function Summary({ detail }: { detail: RequestDetail }) {
	const { requests } = texts.value;
	return (
		<section>
			<p class="tags">
				<Outcome row={detail} />
				<span>{vendorTitle(detail.vendor)}</span>
				<span class="muted">
					{formatDateTime(detail.arrivedAt)}
					{detail.durationMs !== undefined &&
						` · ${formatDuration(detail.durationMs, locale.value)}`}
				</span>
			</p>
			<CodeMeaning detail={detail} />
			{detail.fault !== undefined && (
				<p class="callout warn">{requests.hitBy(texts.value.faults.kinds[detail.fault].name)}</p>
			)}
		</section>
	);
}

/** What the code in the reply means: in the vendor's own words, in English also in ours. */
function CodeMeaning({ detail }: { detail: RequestDetail }) {
	const vendor = overview.data.value?.vendors.find(({ id }) => id === detail.vendor);
	const known = vendor?.codes.find(({ code }) => code === detail.code);
	if (!known) return null;
	return (
		<p class="meaning">
			<code translate={false}>{known.code}</code> {language.value === 'en' && `${known.meaning} · `}
			<span lang="zh-CN">{known.words}</span>
		</p>
	);
}
