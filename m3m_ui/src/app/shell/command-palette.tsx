import { useQuery } from '@tanstack/react-query'
import { ChevronRight } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from '@/components/ui/command'
import { overlayLook } from '@/components/ui/dialog'
import { colorValue } from '@/lib/colors'
import { type Command as Offered, commands, paletteOpen } from '@/lib/commands'
import { useStore } from '@/lib/store'
import { useDebounced } from '@/lib/use-debounced'
import { PROJECT_PAGES } from '../project/pages'
import { splitOffPage } from './palette-words'
import { projectSearchQuery } from './queries'

/** The opened palette. Loaded when it is first asked for. */
export function CommandPalette() {
  const { t } = useTranslation()
  return (
    <Primitive.Root open onOpenChange={paletteOpen.set}>
      <Primitive.Portal>
        <Primitive.Overlay className={overlayLook} />
        <Primitive.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-40 w-[calc(100%-2rem)] max-w-xl -translate-x-1/2 rounded-xl border border-line bg-raised shadow-dialog outline-none data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98 duration-150"
        >
          <Primitive.Title className="sr-only">{t('palette.open')}</Primitive.Title>
          <Palette />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

function Palette() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [pointed, setPointed] = useState('')
  const searched = useDebounced(text.trim(), 150)
  const { data } = useQuery(projectSearchQuery(searched))
  const pages = useProjectPages(searched)
  const offered = matching(useStore(commands), text)
  const projects = data?.items ?? []
  const ids = [...offered.map((command) => command.id), ...pages.map((page) => page.id), ...projects.map((project) => project.id)]
  const choose = (run: () => void) => {
    paletteOpen.set(false)
    run()
  }
  return (
    // filtered here and by the server; the first line is chosen while the one that was pointed at is gone
    <Command loop shouldFilter={false} value={ids.includes(pointed) ? pointed : (ids[0] ?? '')} onValueChange={setPointed}>
      <CommandInput value={text} onValueChange={setText} placeholder={t('palette.placeholder')} />
      <CommandList className="max-h-[60vh]">
        <CommandEmpty>{t('nothingFound')}</CommandEmpty>
        {[...grouped(offered)].map(([group, members]) => (
          <CommandGroup key={group} heading={group}>
            {members.map(({ id, title, icon: Icon, run }) => (
              <CommandItem key={id} value={id} onSelect={() => choose(run)}>
                {Icon && <Icon aria-hidden />}
                {title}
              </CommandItem>
            ))}
          </CommandGroup>
        ))}
        {pages.length + projects.length > 0 && (
          <CommandGroup heading={t('palette.projects')}>
            {pages.map(({ id, name, page, color, to }) => (
              <CommandItem key={id} value={id} onSelect={() => choose(() => void navigate(to))}>
                <span className="mx-1 size-2 rounded-[3px]" style={{ background: colorValue(color) }} aria-hidden />
                <span className="truncate">{name}</span>
                <ChevronRight className="!size-3" aria-hidden />
                {page}
              </CommandItem>
            ))}
            {projects.map((project) => (
              <CommandItem key={project.id} value={project.id} onSelect={() => choose(() => void navigate(`/projects/${project.slug}`))}>
                <span className="mx-1 size-2 rounded-[3px]" style={{ background: colorValue(project.color) }} aria-hidden />
                <span className="truncate">{project.name}</span>
                <span className="ml-auto max-w-1/2 truncate pl-2 font-mono text-xs text-muted">{project.slug}</span>
              </CommandItem>
            ))}
          </CommandGroup>
        )}
      </CommandList>
    </Command>
  )
}

/** “shop logs”: the pages of that name, of the projects that the other words find. */
function useProjectPages(text: string) {
  const { t } = useTranslation()
  const names = PROJECT_PAGES.map(({ key, path }) => ({ key, path, name: t(`nav.${key}`) }))
  const meant = splitOffPage(text, names)
  const { data } = useQuery({ ...projectSearchQuery(meant?.rest ?? ''), enabled: meant !== undefined })
  if (!meant || !data) return []
  return data.items.flatMap((project) =>
    meant.pages.map(({ key, path, name }) => ({
      id: `${project.id}:${key}`, name: project.name, page: name, color: project.color, to: `/projects/${project.slug}${path && '/'}${path}`,
    })),
  )
}

/** Those that have every word somewhere in their texts. */
function matching(offered: readonly Offered[], text: string): Offered[] {
  const words = text.toLowerCase().split(/\s+/)
  return offered.filter(({ title, group, keywords = [] }) => {
    const texts = [title, group, ...keywords].join(' ').toLowerCase()
    return words.every((word) => texts.includes(word))
  })
}

function grouped(offered: readonly Offered[]): Map<string, Offered[]> {
  const groups = new Map<string, Offered[]>()
  for (const command of offered) groups.set(command.group, [...(groups.get(command.group) ?? []), command])
  return groups
}
