import type { Vendor } from '../../../api';
import { Copy } from '../../parts/Copy';
import { say, texts } from '../../state/language';

/** What to type into the credentials, where n8n is another one than that of the demonstration. */
export function Credentials({ vendors, isOpen }: { vendors: Vendor[]; isOpen: boolean }) {
	const { play } = texts.value;
	return (
		<details class="panel credentials" open={isOpen}>
			<summary>
				<h2>{play.credentials}</h2>
			</summary>
			<p class="muted">{play.credentialsHint}</p>
			<div class="vendors">
				{vendors.map(({ id, title, url, credential }) => (
					<section key={id}>
						<h3>{say(title)}</h3>
						<dl class="pairs">
							{Object.entries(withUrl(url, credential)).map(([label, value]) => (
								<div key={label} translate={false}>
									<dt>{label}</dt>
									<dd>
										<Copy value={value} label={label} />
									</dd>
								</div>
							))}
						</dl>
					</section>
				))}
			</div>
		</details>
	);
}

/** The address first, unless it stands among the fields already. */
const withUrl = (url: string, credential: Record<string, string>): Record<string, string> =>
	Object.values(credential).includes(url)
		? credential
		: { [texts.value.play.baseUrl]: url, ...credential };
