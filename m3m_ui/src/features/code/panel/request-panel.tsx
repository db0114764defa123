import { Send, WandSparkles, X } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Input, Textarea } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import { Tooltip } from '@/components/ui/tooltip'
import { useStatus } from '@/lib/project'
import { hasBody, METHODS, type Method, prettyJson } from '../request'
import { MOD } from '../use-shortcuts'
import { Pairs } from './pairs'
import { ResponseView } from './response-view'
import { useCall } from './use-call'

/** Calls a route of the service, as anybody could. */
export function RequestPanel() {
  const { t } = useTranslation(['code', 'common'])
  const { slug, call, change, outcome, isBusy, start, cancel } = useCall()
  const { data: status } = useStatus()
  const routes = useId()
  const answer = useRef<HTMLDivElement>(null)
  // on narrow screens it comes below the request, out of sight
  useEffect(() => {
    if (outcome) answer.current?.scrollIntoView({ block: 'nearest' })
  }, [outcome])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void start()
  }
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void start()
  }
  const known = status?.routes ?? []
  const pick = (path: string) => {
    const methods = known.filter((route) => route.path === path).map((route) => route.method)
    const method = METHODS.find((each) => methods.includes(each))
    change({ path, ...(method && !methods.includes(call.method) ? { method } : {}) })
  }
  return (
    <div className="flex h-full min-h-0 max-lg:flex-col max-lg:overflow-y-auto" data-own-enter>
      <form onSubmit={submit} onKeyDown={press} className="flex min-h-0 min-w-0 flex-1 flex-col gap-2 overflow-y-auto p-3 max-lg:flex-none max-lg:overflow-visible">
        <div className="flex gap-2">
          <Select className="w-28 shrink-0 font-mono text-sm" value={call.method} onChange={(method) => change({ method: method as Method })} aria-label={t('request.method')} options={METHODS.map((each) => ({ value: each, label: each }))} />
          <div className="relative min-w-0 flex-1">
            <span className="pointer-events-none absolute inset-y-0 left-2.5 flex max-w-32 items-center truncate font-mono text-sm text-faint max-sm:hidden" aria-hidden>/r/{slug}</span>
            <Input
              aria-label={t('request.path')}
              className="font-mono text-sm sm:pl-(--root)"
              style={{ '--root': `calc(${Math.min(slug.length + 3, 15)}ch + 14px)` } as React.CSSProperties}
              list={routes}
              value={call.path}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => pick(event.target.value)}
            />
            <datalist id={routes}>{[...new Set(known.map((route) => route.path))].map((path) => <option key={path} value={path} />)}</datalist>
          </div>
          {isBusy ? (
            <Button onClick={cancel}><X aria-hidden />{t('common:cancel')}</Button>
          ) : (
            <Tooltip text={`${MOD}+Enter`}>
              <Button type="submit" variant="primary"><Send aria-hidden />{t('request.send')}</Button>
            </Tooltip>
          )}
        </div>
        <Parts call={call} change={change} />
      </form>
      <div ref={answer} className="min-h-0 min-w-0 flex-1 border-line max-lg:flex-none max-lg:border-t lg:border-l">
        {outcome && 'fault' in outcome && <Alert tone="danger" className="m-3">{t(`request.fault.${outcome.fault}`)}</Alert>}
        {outcome && 'reply' in outcome && <ResponseView reply={outcome.reply} />}
        {!outcome && <p className="grid h-full place-items-center p-6 text-center text-sm text-muted">{t(status?.status === 'running' ? 'request.ready' : 'request.stopped')}</p>}
      </div>
    </div>
  )
}

function Parts({ call, change }: Pick<ReturnType<typeof useCall>, 'call' | 'change'>) {
  const { t } = useTranslation('code')
  const [tab, setTab] = useState(hasBody(call.method) ? 'body' : 'query')
  const pretty = prettyJson(call.body)
  const counted = (name: string, count: number) => (count > 0 ? `${name} (${count})` : name)
  return (
    <Tabs value={tab} onValueChange={setTab} className="flex min-h-0 flex-1 flex-col gap-2">
      <div className="flex items-center justify-between">
        <TabsList className="border-0" aria-label={t('request.parts')}>
          <TabsTrigger value="query" className="h-7 text-xs">{counted(t('request.query'), call.query.length)}</TabsTrigger>
          <TabsTrigger value="headers" className="h-7 text-xs">{counted(t('request.headers'), call.headers.length)}</TabsTrigger>
          <TabsTrigger value="body" className="h-7 text-xs">{t('request.body')}</TabsTrigger>
        </TabsList>
        {tab === 'body' && (
          <Button size="sm" variant="ghost" disabled={pretty === undefined || pretty === call.body} onClick={() => pretty !== undefined && change({ body: pretty })}>
            <WandSparkles aria-hidden />{t('request.format')}
          </Button>
        )}
      </div>
      <TabsContent value="query"><Pairs pairs={call.query} name={t('request.query')} onChange={(query) => change({ query })} /></TabsContent>
      <TabsContent value="headers"><Pairs pairs={call.headers} name={t('request.headers')} onChange={(headers) => change({ headers })} /></TabsContent>
      <TabsContent value="body" className="flex min-h-0 flex-1 flex-col gap-1">
        <Textarea
          aria-label={t('request.body')}
          className="min-h-24 flex-1 resize-none font-mono text-xs"
          value={call.body}
          spellCheck={false}
          disabled={!hasBody(call.method)}
          placeholder={hasBody(call.method) ? '{ "name": "Ann" }' : t('request.noBody', { method: call.method })}
          onChange={(event) => change({ body: event.target.value })}
        />
      </TabsContent>
    </Tabs>
  )
}
